using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine.V3;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Engine.Tcp;

/// <summary>A real agent over TCP: large pages, and a restart in the middle of a walk.</summary>
public sealed class SnmpdTcpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly Oid SysORTable = Oid.Parse("1.3.6.1.2.1.1.9");
    private static readonly Oid UsmUserEntry = Oid.Parse("1.3.6.1.6.3.15.1.2.2.1");

    private static readonly SnmpOptions Persistent = new()
    {
        Timeout = TimeSpan.FromMilliseconds(500),
        Retries = 100,
        Backoff = 1,
        Transport = SnmpTransport.Tcp,
        MaxReplySize = 16_384,
    };

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [TestCase(SnmpVersion.V2c)]
    [TestCase(SnmpVersion.V3)]
    public async Task Large_pages_hold_what_small_ones_do(SnmpVersion version)
    {
        await using var snmpd = await OwnSnmpd.StartAsync(overTcp: true, line: "maxGetbulkResponses 5000");
        var options = version == SnmpVersion.V3 ? SnmpdUsers.Options(SnmpdUsers.Usual, Persistent) : Persistent;
        var large = _engine.CreateClient(new SnmpTarget(snmpd.EndPoint, options));
        var small = _engine.CreateClient(new SnmpTarget(snmpd.EndPoint, options with { Transport = SnmpTransport.Udp, MaxReplySize = 1_400 }));

        // The addresses and the processes of the machine move on; what the agent says of itself does not.
        var walked = await large.BulkWalkAsync("1.3.6.1").ToListAsync().AsTask().WaitAsync(Limit);
        var inPages = walked.Select(static varBind => varBind.Oid).Where(static oid => oid.StartsWith(SysORTable) || oid.StartsWith(UsmUserEntry));
        var bySmall = new List<Oid>();
        foreach (var root in new[] { SysORTable, UsmUserEntry })
        {
            bySmall.AddRange((await small.BulkWalkAsync(root).ToListAsync().AsTask().WaitAsync(Limit)).Select(static varBind => varBind.Oid));
        }

        Assert.That(bySmall, Has.Count.GreaterThan(70));
        Assert.That(inPages, Is.EqualTo(bySmall));
        Assert.That(walked.Select(static varBind => varBind.Oid), Is.Ordered.And.Unique);
        Assert.That(_engine.GetDeviceStatistics(snmpd.EndPoint)!.LargestReply, Is.GreaterThan(8_192));
    }

    [Test]
    public async Task Many_objects_fit_one_reply()
    {
        var client = _engine.CreateClient(new SnmpTarget(TestServer.Snmpd, Persistent));

        var values = await client.GetAsync([.. Enumerable.Repeat(SysDescr, 500)]).AsTask().WaitAsync(Limit);

        Assert.That(values.Select(static varBind => varBind.Value.ToText()), Is.EqualTo(Enumerable.Repeat("A real snmpd for the tests of Connections", 500)));
        Assert.That(_engine.Statistics.Requests, Is.EqualTo(1));
        Assert.That(_engine.GetDeviceStatistics(TestServer.Snmpd)!.LargestReply, Is.GreaterThan(20_000));
    }

    [Test]
    public async Task A_walk_goes_on_when_the_agent_crashes_and_comes_back()
    {
        await using var snmpd = await OwnSnmpd.StartAsync(overTcp: true);
        var client = _engine.CreateClient(new SnmpTarget(snmpd.EndPoint, Persistent));
        var whole = await client.BulkWalkAsync(SysORTable).ToListAsync().AsTask().WaitAsync(Limit);
        var walked = new List<VarBind>();

        await foreach (var varBind in client.BulkWalkAsync(SysORTable, 1))
        {
            walked.Add(varBind);
            if (walked.Count == 3)
            {
                await snmpd.CrashAsync();
                await snmpd.StartAsync();
            }
        }

        Assert.That(walked.Select(static varBind => varBind.Oid), Is.EqualTo(whole.Select(static varBind => varBind.Oid)));
        Assert.That(_engine.Statistics.Timeouts, Is.Zero);
    }
}
