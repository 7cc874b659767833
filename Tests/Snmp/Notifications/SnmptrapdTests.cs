using System.Net;
using Connections.Snmp.Engine;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>What snmptrapd makes of our traps and informs.</summary>
internal sealed class SnmptrapdTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Oid LinkDown = Oid.Parse("1.3.6.1.6.3.1.1.5.3");
    private static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");

    private SnmpEngine _engine = null!;
    private SnmpEngineIdentity _identity = null!;
    private SnmpNotificationSender _sender = null!;
    private SnmptrapdLog _log = null!;

    private static IEnumerable<SnmpUser> Users =>
        from user in Pairs.Users
        select Pairs.User(user.Authentication, user.Privacy, $"{user.Authentication}-{user.Privacy}");

    // The file stands beside snmptrapd's own, which remembers the boots of its senders as long as it lives.
    private static string IdentityFile => Path.Combine(Path.GetDirectoryName(TestServer.SnmptrapdLog)!, "sender");

    [SetUp]
    public void Start()
    {
        _log = new SnmptrapdLog();
        _engine = new SnmpEngine();
        _identity = SnmpEngineIdentity.Open(IdentityFile, SnmpEngineId.Parse(TestServer.SnmptrapdSender));
        _sender = new SnmpNotificationSender(new SnmpNotificationSenderOptions { Engine = _engine, Identity = _identity });
    }

    [TearDown]
    public async Task StopAsync()
    {
        _sender.Dispose();
        _identity.Dispose();
        await _engine.DisposeAsync();
        _log.Dispose();
    }

    [Test]
    public async Task A_trap_of_version_1_has_enterprise_address_and_time()
    {
        var mark = SnmptrapdLog.NewMark();
        _sender.SendTrap(Target(SnmpVersion.V1), Oid.Parse("1.3.6.1.4.1.9.1.0.17"), [Time(4242), Mark(mark)]);

        Assert.That(
            await _log.FindAsync(mark),
            Is.EqualTo($"v1|TRAP, SNMP v1, community public|.1.3.6.1.4.1.9.1|6|.17|127.0.0.1|4242|.1.3.6.1.2.1.1.5.0 = STRING: \"{mark}\""));
    }

    [Test]
    public async Task A_trap_of_version_1_takes_enterprise_and_address_from_varbinds_that_say_them()
    {
        var mark = SnmptrapdLog.NewMark();
        _sender.SendTrap(Target(SnmpVersion.V1), LinkDown,
        [
            Time(1), Mark(mark),
            new VarBind(TrapMapping.SnmpTrapEnterprise, SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.42"))),
            new VarBind(TrapMapping.SnmpTrapAddress, SnmpValue.IpAddress(IPAddress.Parse("192.0.2.9"))),
        ]);

        Assert.That(await _log.FindAsync(mark), Does.StartWith("v1|TRAP, SNMP v1, community public|.1.3.6.1.4.1.42|2|0|192.0.2.9|1|"));
    }

    [Test]
    public async Task A_trap_of_version_2c_arrives()
    {
        var mark = SnmptrapdLog.NewMark();
        _sender.SendTrap(Target(SnmpVersion.V2c), LinkDown, [Time(4242), Mark(mark)]);

        Assert.That(await _log.FindAsync(mark), Is.EqualTo($"v2|TRAP2, SNMP v2c, community public|{Content(mark)}"));
    }

    [Test]
    public async Task An_inform_of_version_2c_is_acknowledged()
    {
        var mark = SnmptrapdLog.NewMark();
        await _sender.InformAsync(Target(SnmpVersion.V2c), LinkDown, [Time(4242), Mark(mark)]).AsTask().WaitAsync(Bound);

        Assert.That(await _log.FindAsync(mark), Is.EqualTo($"v2|INFORM, SNMP v2c, community public|{Content(mark)}"));
    }

    [TestCaseSource(nameof(Users))]
    public async Task Traps_and_informs_of_version_3_arrive_in_every_pair_of_protocols(SnmpUser user)
    {
        var (trap, inform) = (SnmptrapdLog.NewMark(), SnmptrapdLog.NewMark());
        var target = Target(user with { ContextName = "vrf-1" });

        _sender.SendTrap(target, LinkDown, [Time(4242), Mark(trap)]);
        await _sender.InformAsync(target, LinkDown, [Time(4242), Mark(inform)]).AsTask().WaitAsync(Bound);

        Assert.That(await _log.FindAsync(trap), Is.EqualTo($"v2|TRAP2, SNMP v3, user {user.Name}, context vrf-1|{Content(trap)}"));
        Assert.That(await _log.FindAsync(inform), Is.EqualTo($"v2|INFORM, SNMP v3, user {user.Name}, context vrf-1|{Content(inform)}"));
    }

    [Test]
    public async Task A_restarted_sender_is_heard_and_what_it_was_before_is_not()
    {
        var target = Target(Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, "Sha256-Aes128"));
        var (first, second, late, third) = (SnmptrapdLog.NewMark(), SnmptrapdLog.NewMark(), SnmptrapdLog.NewMark(), SnmptrapdLog.NewMark());
        _sender.SendTrap(target, LinkDown, [Mark(first)]);
        await _log.FindAsync(first);

        _identity.Dispose();
        using var restarted = SnmpEngineIdentity.Open(IdentityFile);
        Assert.That((restarted.EngineId, restarted.Boots), Is.EqualTo((_identity.EngineId, _identity.Boots + 1)));
        using var sender = new SnmpNotificationSender(new SnmpNotificationSenderOptions { Engine = _engine, Identity = restarted });
        sender.SendTrap(target, LinkDown, [Mark(second)]);
        await _log.FindAsync(second);
        _sender.SendTrap(target, LinkDown, [Mark(late)]);
        sender.SendTrap(target, LinkDown, [Mark(third)]);
        await _log.FindAsync(third);

        Assert.That(_log.LinesWith(late), Is.Empty);
    }

    private static SnmpTarget Target(SnmpVersion version) => new(TestServer.Snmptrapd, new SnmpOptions { Version = version });

    private static SnmpTarget Target(SnmpUser user) => new(TestServer.Snmptrapd, new SnmpOptions { Version = SnmpVersion.V3, User = user });

    private static VarBind Time(uint hundredths) => new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(hundredths));

    private static VarBind Mark(string mark) => new(SysName, SnmpValue.OctetString(mark));

    private static string Content(string mark) =>
        $".1.3.6.1.2.1.1.3.0 = 4242\t.1.3.6.1.6.3.1.1.4.1.0 = OID: .{LinkDown}\t.1.3.6.1.2.1.1.5.0 = STRING: \"{mark}\"";
}
