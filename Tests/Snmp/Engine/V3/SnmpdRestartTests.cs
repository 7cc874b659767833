using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>A real agent that goes away and comes back, and two that have one engine ID.</summary>
public sealed class SnmpdRestartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly Oid SnmpEngineBoots = Oid.Parse("1.3.6.1.6.3.10.2.1.2.0");
    private static readonly Oid SnmpEngineTime = Oid.Parse("1.3.6.1.6.3.10.2.1.3.0");

    // The users' rows: the same after a restart, whatever the machine does meanwhile.
    private static readonly Oid UsmUserEntry = Oid.Parse("1.3.6.1.6.3.15.1.2.2.1");

    private static readonly SnmpOptions Persistent = new() { Timeout = TimeSpan.FromMilliseconds(100), Retries = 100, Backoff = 1 };

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [TestCase(SnmpTransport.Udp)]
    [TestCase(SnmpTransport.Tcp)]
    public async Task A_walk_goes_on_where_it_was_when_the_agent_restarts_with_its_engine_id_and_new_boots(SnmpTransport transport)
    {
        await using var snmpd = await OwnSnmpd.StartAsync(overTcp: true);
        var client = _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual, snmpd.EndPoint, Persistent with { Transport = transport }));
        var whole = await client.BulkWalkAsync(UsmUserEntry).ToListAsync().AsTask().WaitAsync(Limit);
        var boots = (await client.GetAsync(SnmpEngineBoots).AsTask().WaitAsync(Limit)).Value.ToInt64();
        var walked = new List<VarBind>();

        await foreach (var varBind in client.BulkWalkAsync(UsmUserEntry, 3))
        {
            walked.Add(varBind);
            if (walked.Count == whole.Count / 3)
            {
                // The next page is fetched ahead, and snmpd answers with genErr what it finds while it ends.
                await Eventually.UntilAsync(() => _engine.Statistics.InFlight == 0);
                await snmpd.StopAsync();
                await snmpd.StartAsync();
            }
        }

        Assert.That(walked.Select(static varBind => varBind.Oid), Is.EqualTo(whole.Select(static varBind => varBind.Oid)));
        Assert.That((await client.GetAsync(SnmpEngineBoots).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(boots + 1));
        Assert.That(_engine.Statistics.Discoveries, Is.EqualTo(1), "the engine is the same");
        Assert.That(_engine.Statistics.Reports, Is.GreaterThanOrEqualTo(2), "one of the discovery, one of the time");
        Assert.That(_engine.Statistics.Timeouts, Is.Zero);
    }

    [Test]
    public async Task Two_agents_with_one_engine_id_do_not_disturb_each_other()
    {
        const string EngineId = "8000000001020304";
        await using var first = await OwnSnmpd.StartAsync(EngineId);
        await using var second = await OwnSnmpd.StartAsync(EngineId);
        for (var restart = 0; restart < 3; restart++)
        {
            await second.StopAsync();
            await second.StartAsync();
        }

        var clients = new[] { first, second }
            .Select(snmpd => _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual, snmpd.EndPoint))).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var both = await Task.WhenAll(clients.Select(client => client.GetAsync([SnmpEngineBoots, SysDescr]).AsTask())).WaitAsync(Limit);
            Assert.That(both.Select(varBinds => varBinds[0].Value.ToInt64()), Is.EqualTo(new[] { 1, 4 }));
            Assert.That(both.Select(varBinds => varBinds[1].Value.ToText()), Is.All.EqualTo(OwnSnmpd.Description));
        }

        Assert.That(_engine.Statistics.Reports, Is.EqualTo(2), "nothing but the two discoveries");
    }

    [Test]
    public async Task An_agent_that_comes_back_as_another_engine_is_discovered_anew()
    {
        var port = 0;
        var client = default(SnmpClient);
        await using (var before = await OwnSnmpd.StartAsync("8000000001020304"))
        {
            port = before.EndPoint.Port;
            client = _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual, before.EndPoint, Persistent));
            await client.GetAsync(SnmpEngineTime).AsTask().WaitAsync(Limit);
        }

        await using var after = await OwnSnmpd.StartAsync("80000000010203040506", port);
        var varBinds = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync(SysDescr).AsTask())).WaitAsync(Limit);

        Assert.That(varBinds.Select(static varBind => varBind.Value.ToText()), Is.All.EqualTo(OwnSnmpd.Description));
        Assert.That(_engine.Statistics.Timeouts, Is.Zero);
    }
}
