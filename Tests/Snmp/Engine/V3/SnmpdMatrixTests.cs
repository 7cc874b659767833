using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>Every pair of protocols that snmpd has, through the engine: 36 with privacy, 6 with authentication alone, and none at all.</summary>
public sealed class SnmpdMatrixTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly Oid SysLocation = Oid.Parse("1.3.6.1.2.1.1.6.0");
    private static readonly Oid Interfaces = Oid.Parse("1.3.6.1.2.1.2");

    private SnmpEngine _engine = null!;

    private static IEnumerable<SnmpUser> Users => SnmpdUsers.All;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [TestCaseSource(nameof(Users))]
    public async Task Every_pair_of_protocols_gets_sets_and_walks(SnmpUser user)
    {
        var client = _engine.CreateClient(SnmpdUsers.Target(user));
        var location = SnmpValue.OctetString($"rack of {user.Name}");

        var description = await client.GetAsync(SysDescr).AsTask().WaitAsync(Limit);
        var set = await client.SetAsync(SysLocation, location).AsTask().WaitAsync(Limit);
        var walk = await client.BulkWalkAsync(Interfaces).ToListAsync().AsTask().WaitAsync(Limit);
        var steps = await client.WalkAsync(Interfaces).ToListAsync().AsTask().WaitAsync(Limit);

        Assert.That(description.Value.ToText(), Is.EqualTo("A real snmpd for the tests of Connections"));
        Assert.That(set.Value, Is.EqualTo(location));
        Assert.That(await client.GetAsync(SysLocation).AsTask().WaitAsync(Limit), Is.EqualTo(new VarBind(SysLocation, location)));
        Assert.That(walk.Select(static varBind => varBind.Oid), Is.Not.Empty.And.EqualTo(steps.Select(static varBind => varBind.Oid)));
        Assert.That(_engine.Statistics.Discoveries, Is.EqualTo(1));
        Assert.That(_engine.Statistics.Retransmissions, Is.Zero);
    }
}
