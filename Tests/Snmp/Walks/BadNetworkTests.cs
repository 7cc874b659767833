using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Walks;

/// <summary>Many hosts at once over a network that loses, doubles and reorders: every walk comes to the checksum that the agent computes of its own table.</summary>
internal sealed class BadNetworkTests
{
    private const int Hosts = 200;
    private const int Retries = 12;

    private static readonly SyntheticTable Table = new() { Rows = Thoroughness.Choose(quick: 40, thorough: 2_000), Columns = 8, Seed = 11 };

    // Short at first, so that losses cost little; the last attempts wait long enough for a machine that is busy with other things.
    private static readonly SnmpOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(50), Retries = Retries, Backoff = 1.5 };

    private SnmpAgent _agent = null!;
    private SnmpEngine _engine = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _engine = new SnmpEngine();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _agent.DisposeAsync();
    }

    [TestCase(WalkKind.OneRoot)]
    [TestCase(WalkKind.Columns)]
    public async Task At_20_percent_loss_with_duplicates_out_of_order_200_hosts_give_every_row(WalkKind kind)
    {
        var devices = _agent.AddRange(BadHost.Repeat(Hosts));

        var walked = await Task.WhenAll(devices.Select(device => TableWalk.SumAsync(_engine.CreateClient(new SnmpTarget(device.EndPoint, Impatient)), Table, kind)));

        Assert.That(walked, Is.EqualTo(devices.Select(device => device.ChecksumUnder(Table.Entry))));
        AssertItWasBad(devices);
    }

    [Test]
    public async Task The_same_with_SNMPv3_that_is_signed_and_encrypted()
    {
        var user = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128);
        var devices = _agent.AddRange((BadHost with { Users = [user] }).Repeat(Hosts));
        var options = Impatient with { Version = SnmpVersion.V3, User = user };

        var walked = await Task.WhenAll(
            devices.Select(device => TableWalk.SumAsync(_engine.CreateClient(new SnmpTarget(device.EndPoint, options)), Table, WalkKind.Columns)));

        Assert.That(walked, Is.EqualTo(devices.Select(device => device.ChecksumUnder(Table.Entry))));
        AssertItWasBad(devices);
    }

    // A tenth is lost on the way to a host, and a tenth and a bit on the way back: a fifth of the exchanges.
    private static SimulatedDeviceOptions BadHost => new()
    {
        Name = "bad",
        Data = Table.ToData(),
        EndPoint = new IPEndPoint(new IPAddress([127, 20, 0, 1]), 0),
        Loss = 0.1,
        Seed = 1,
        Faults = new DeviceFaults
        {
            ReplyLoss = 0.1112,
            Duplication = 0.1,
            Reordering = 0.1,
            ReorderingDelay = TimeSpan.FromMilliseconds(60),
        },
    };

    private static void AssertItWasBad(IReadOnlyList<SimulatedDevice> devices)
    {
        double asked = devices.Sum(static device => device.RequestsSeen + device.Lost);
        double lost = devices.Sum(static device => device.Lost + device.CountOf(FaultKind.ReplyLoss));
        Assert.That(lost / asked, Is.EqualTo(0.2).Within(0.03));
        Assert.That(devices.Sum(static device => device.CountOf(FaultKind.Duplication)) / asked, Is.GreaterThan(0.05));
        Assert.That(devices.Sum(static device => device.CountOf(FaultKind.Reordering)) / asked, Is.GreaterThan(0.05));
    }
}
