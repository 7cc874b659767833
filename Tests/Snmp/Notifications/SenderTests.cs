using System.Net;
using Connections.Snmp.Engine;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>Our traps and informs, to our own listener.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class SenderTests(bool portable) : ListenerFixture(portable)
{
    private static readonly SnmpUser User = Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128);
    private static readonly Oid LinkDown = NotificationMessages.LinkDown;
    private static readonly VarBind Detail = new(Oid.Parse("1.3.6.1.2.1.31.1.1.1.6.7"), SnmpValue.OctetString("eth7"));

    private SnmpEngine _engine = null!;
    private SnmpEngineIdentity _identity = null!;
    private SnmpNotificationSender _sender = null!;

    [SetUp]
    public void MakeSender()
    {
        _engine = new SnmpEngine(new SnmpEngineOptions { PortableTransport = Portable });
        _identity = SnmpEngineIdentity.CreateTransient();
        _sender = new SnmpNotificationSender(new SnmpNotificationSenderOptions { Engine = _engine, Identity = _identity, Portable = Portable });
    }

    [TearDown]
    public async Task DisposeSenderAsync()
    {
        _sender.Dispose();
        _identity.Dispose();
        await _engine.DisposeAsync();
    }

    [TestCase(SnmpVersion.V1, "127.0.0.1")]
    [TestCase(SnmpVersion.V2c, "127.0.0.1")]
    [TestCase(SnmpVersion.V3, "127.0.0.1")]
    [TestCase(SnmpVersion.V1, "::1")]
    [TestCase(SnmpVersion.V2c, "::1")]
    [TestCase(SnmpVersion.V3, "::1")]
    public async Task Traps_arrive_in_every_version(SnmpVersion version, string address)
    {
        Listen(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Parse(address), 0)], Users = [User] });
        _sender.SendTrap(Target(version), LinkDown, [Detail]);

        var trap = await NextAsync();
        Assert.That((trap.Version, trap.IsInform, trap.TrapOid, trap.VarBinds[2]), Is.EqualTo((version, false, LinkDown, Detail)));
        Assert.That(trap.SysUpTime, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(trap.EngineId, Is.EqualTo(version == SnmpVersion.V3 ? _identity.EngineId : default));
    }

    [TestCase(SnmpVersion.V2c, "127.0.0.1", 1)]
    [TestCase(SnmpVersion.V3, "127.0.0.1", 2)]
    public async Task An_inform_whose_acknowledgement_is_lost_is_sent_again_and_delivered_once(SnmpVersion version, string address, int lost)
    {
        var listener = Listen(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Parse(address), 0)], Users = [User] });
        await using var relay = new DroppingRelay(EndPoint, lost);
        var target = new SnmpTarget(relay.EndPoint, OptionsOf(version) with { Timeout = TimeSpan.FromSeconds(0.2) });

        await _sender.InformAsync(target, LinkDown, [Detail]).AsTask().WaitAsync(Bound);

        var inform = await NextAsync();
        Assert.That((inform.IsInform, inform.TrapOid, inform.VarBinds[2]), Is.EqualTo((true, LinkDown, Detail)));
        Assert.That(inform.ContextEngineId, Is.EqualTo(version == SnmpVersion.V3 ? _identity.EngineId : default));
        Assert.That(listener.Statistics.Delivered, Is.EqualTo(1));
        Assert.That(listener.Statistics.Duplicates, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task An_inform_that_finds_no_room_goes_on_until_there_is_some()
    {
        var log = new AwaitedLog($"{SnmpNotificationDrop.QueueFull}");
        Listen(new SnmpNotificationListenerOptions { QueueCapacity = 1, Logger = log });
        var target = new SnmpTarget(EndPoint, OptionsOf(SnmpVersion.V2c) with { Timeout = TimeSpan.FromSeconds(0.1), Retries = 100, Backoff = 1 });
        await _sender.InformAsync(target, LinkDown).AsTask().WaitAsync(Bound);

        var second = _sender.InformAsync(target, LinkDown, [Detail]).AsTask();
        await log.Said.WaitAsync(Bound);
        Assert.That(second.IsCompleted, Is.False);
        await NextAsync();

        await second.WaitAsync(Bound);
        Assert.That((await NextAsync()).VarBinds[2], Is.EqualTo(Detail));
    }

    [Test]
    public async Task Senders_resynchronise_with_a_listener_that_was_restarted()
    {
        var directory = Directory.CreateTempSubdirectory("connections-engine-");
        using var tool = new TrapTool();
        try
        {
            var path = Path.Combine(directory.FullName, "engine");
            IPEndPoint? place = null;
            SnmpTarget? target = null;
            for (var boots = 1; boots <= 3; boots++)
            {
                using var identity = SnmpEngineIdentity.Open(path);
                await using var listener = new SnmpNotificationListener(
                    new SnmpNotificationListenerOptions { EndPoints = [place ?? new IPEndPoint(IPAddress.Loopback, 0)], Users = [User], Identity = identity, Portable = Portable });
                place = listener.EndPoints[0];
                target ??= new SnmpTarget(place, OptionsOf(SnmpVersion.V3));

                await _sender.InformAsync(target, LinkDown).AsTask().WaitAsync(Bound);
                var run = await tool.RunAsync("snmpinform", place, ["-v3", .. UserTool.Options(User), "-e", $"0x{identity.EngineId}", "-r1", "-t5"], "1", $"{LinkDown}");

                Assert.That(identity.Boots, Is.EqualTo(boots));
                Assert.That(run, Is.EqualTo((0, "")));
                Assert.That(listener.Statistics.Delivered, Is.EqualTo(2), "each inform counts");
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_listener_and_a_sender_may_be_one_engine()
    {
        Listen(new SnmpNotificationListenerOptions { Users = [User], Identity = _identity });

        _sender.SendTrap(Target(SnmpVersion.V3), LinkDown);
        await _sender.InformAsync(Target(SnmpVersion.V3), LinkDown).AsTask().WaitAsync(Bound);

        Assert.That(new[] { (await NextAsync()).IsInform, (await NextAsync()).IsInform }, Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void What_a_version_does_not_have_is_refused()
    {
        _ = Listener;
        var counter = new VarBind(Detail.Oid, SnmpValue.Counter64(1));
        Assert.That(() => _sender.SendTrap(Target(SnmpVersion.V1), LinkDown, [counter]), Throws.TypeOf<SnmpException>().With.Message.Contains("Counter64"));
        Assert.That(
            async () => await _sender.InformAsync(Target(SnmpVersion.V1), LinkDown), Throws.TypeOf<SnmpException>().With.Message.Contains("no informs"));
        var large = new VarBind(Detail.Oid, SnmpValue.OctetString(new byte[65_507]));
        Assert.That(() => _sender.SendTrap(Target(SnmpVersion.V2c), LinkDown, [large]), Throws.TypeOf<SnmpException>().With.Message.Contains("65507"));
        Assert.That(() => _sender.SendTrap(Target(SnmpVersion.V3), LinkDown, [large]), Throws.TypeOf<SnmpException>().With.Message.Contains("65507"));
    }

    [Test]
    public void A_disposed_sender_sends_no_trap()
    {
        _ = Listener;
        _sender.Dispose();

        Assert.That(() => _sender.SendTrap(Target(SnmpVersion.V2c), LinkDown), Throws.TypeOf<ObjectDisposedException>());
    }

    private static SnmpOptions OptionsOf(SnmpVersion version) =>
        version == SnmpVersion.V3 ? new SnmpOptions { Version = version, User = User } : new SnmpOptions { Version = version };

    private SnmpTarget Target(SnmpVersion version) => new(EndPoint, OptionsOf(version));
}
