using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Operations;

/// <summary>What we read of a real snmpd beside what its own tool reads.</summary>
public class SnmpdComparisonTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>What speaks to it: a connection that is not connected yet.</summary>
    protected virtual BaseConnection Make(ConnectionSettings settings) => new SnmpConnection(settings);

    [TestCase("1.3.6.1.2.1.1", TestName = "A_bulk_walk_of_system_equals_that_of_the_tool")]
    [TestCase("1.3.6.1.2.1.2", TestName = "A_bulk_walk_of_interfaces_equals_that_of_the_tool")]
    [TestCase("1.3.6.1.2.1.31.1.1", TestName = "A_bulk_walk_of_ifXTable_equals_that_of_the_tool")]
    [TestCase("1.3.6.1.6.3", TestName = "A_bulk_walk_of_snmpModules_equals_that_of_the_tool")]
    public async Task A_bulk_walk_equals_that_of_the_tool(string text)
    {
        var root = Oid.Parse(text);
        await using var client = await TestClient.OpenAsync(Make(TestConnection.Settings(TestServer.Snmpd))).WaitAsync(Bound);

        var before = await WalkByToolAsync(root);
        var ours = await client.BulkWalkAsync(root).ToListAsync().AsTask().WaitAsync(Bound);
        var after = await WalkByToolAsync(root);

        Assert.That(before, Is.Not.Empty);
        Assert.That(ours.Select(static varBind => varBind.Oid), Is.EqualTo(before.Select(static varBind => varBind.Oid)));
        Assert.That(after, Has.Count.EqualTo(before.Count));
        Assert.Multiple(() =>
        {
            for (var i = 0; i < ours.Count; i++)
            {
                AssertBetween(before[i], ours[i], after[i]);
            }
        });
    }

    private static async Task<List<VarBind>> WalkByToolAsync(Oid root)
    {
        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", "public", TestServer.Snmpd, $".{root}");
        Assert.That(exitCode, Is.Zero, errors);
        return [.. lines.Where(static line => !line.Contains("No more variables left")).Select(NetSnmpOutput.Parse)];
    }

    // A value that stood still is equal; a counter or the time, which moved on, lies between the tool's two readings.
    private static void AssertBetween(VarBind before, VarBind ours, VarBind after)
    {
        if (before == after)
        {
            Assert.That(ours, Is.EqualTo(before));
            return;
        }

        Assert.That(ours.Value.Type, Is.EqualTo(before.Value.Type), ours.Oid.ToString());
        Assert.That(ours.Value.ToUInt64(), Is.InRange(before.Value.ToUInt64(), after.Value.ToUInt64()), ours.Oid.ToString());
    }
}
