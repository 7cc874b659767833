using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Operations;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Collection;

/// <summary>All that a real snmpd has, in blocks, beside what its own tool reads.</summary>
public sealed class SnmpdCollectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task The_whole_tree_in_blocks_is_what_snmpbulkwalk_reads()
    {
        await using var engine = new SnmpEngine();
        var client = engine.CreateClient(new SnmpTarget(TestServer.Snmpd, new SnmpOptions { Timeout = TimeSpan.FromSeconds(10) }));
        var root = Oid.Parse("1.3");

        var before = await WalkByToolAsync();
        var collected = new Collected();
        await foreach (var block in client.CollectBlocksAsync("snmpd", new CollectShape(CollectKind.Walk, [root])).WithCancellation(new CancellationTokenSource(Limit).Token))
        {
            collected.Add(block);
            block.Dispose();
        }

        var after = await WalkByToolAsync();

        // Rows of tables that the system changes while we look are in one reading only.
        var ours = collected.VarBindsOf("snmpd").ToDictionary(static varBind => varBind.Oid, static varBind => varBind.Value);
        Assert.That(collected.Results["snmpd"].Outcome, Is.EqualTo(CollectOutcome.Succeeded));
        Assert.That(before, Has.Count.GreaterThan(1_000));
        Assert.That(before.Keys.Intersect(after.Keys).Except(ours.Keys), Is.Empty);
        Assert.That(ours.Keys.Except(before.Keys).Except(after.Keys).Count(), Is.LessThan(before.Count / 20));
        var still = before.Where(entry => !entry.Value.IsException && after.TryGetValue(entry.Key, out var value) && value == entry.Value);
        Assert.That(still.Count(entry => ours[entry.Key] != entry.Value), Is.LessThan(before.Count / 100), "what stood still is equal, but for what moved and came back");
    }

    private static async Task<Dictionary<Oid, SnmpValue>> WalkByToolAsync()
    {
        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", "public", TestServer.Snmpd, ".1.3");
        Assert.That(exitCode, Is.Zero, errors);
        return lines.Where(static line => !line.Contains("No more variables left")).Select(Parse)
            .ToDictionary(static varBind => varBind.Oid, static varBind => varBind.Value);
    }

    // The tool prints floating-point numbers with fewer digits than they have: there the name alone is compared.
    private static VarBind Parse(string line) => line.Contains(" = Opaque: ")
        ? new VarBind(Oid.Parse(line.Split(' ')[0].TrimStart('.')), SnmpValue.NoSuchObject)
        : NetSnmpOutput.Parse(line);
}
