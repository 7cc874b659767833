using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>Every pair of protocols against the embedded agent.</summary>
public sealed class AgentMatrixTests : SecuredAgentFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public async Task Every_pair_of_protocols_gets_sets_and_walks(SnmpUser user)
    {
        var device = Agent.Add(Device(user));
        var client = Client(device, user);
        var name = SnmpValue.OctetString($"name for {user}");

        var set = await client.SetAsync(SysName, name).AsTask().WaitAsync(Limit);
        var get = await GetNameAsync(client);
        var bulk = await client.BulkWalkAsync(IfTable).ToListAsync().AsTask().WaitAsync(Limit);
        var steps = await client.WalkAsync(IfTable).ToListAsync().AsTask().WaitAsync(Limit);

        Assert.That(new[] { set, get }, Is.All.EqualTo(new VarBind(SysName, name)));
        Assert.That(bulk.Select(static varBind => varBind.Oid), Is.EqualTo(Expected(device, IfTable)));
        Assert.That(steps.Select(static varBind => varBind.Oid), Is.EqualTo(Expected(device, IfTable)));
        Assert.That(device.Reports, Is.EqualTo(1), "nothing but the discovery");
        Assert.That(Engine.Statistics.Retransmissions, Is.Zero);
    }
}
