using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>What Net-SNMP's snmptrap and snmpinform send by SNMPv3.</summary>
internal sealed class SecuredToolTests : ListenerFixture
{
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2.7";
    private const string Sender = "8000000001020304";

    private static readonly SnmpUser User = Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128);
    private static readonly string[] Once = ["-r0", "-t1"];

    private TrapTool _tool = null!;

    private static IEnumerable<SnmpUser> Users => Pairs.Users;

    [SetUp]
    public void MakeTool() => _tool = new TrapTool();

    [TearDown]
    public void DisposeTool() => _tool.Dispose();

    [TestCaseSource(nameof(Users))]
    public async Task Traps_and_informs_of_every_pair_of_protocols_arrive_decoded(SnmpUser user)
    {
        using var identity = SnmpEngineIdentity.CreateTransient();
        var listener = Listen(new SnmpNotificationListenerOptions { Users = [user], Identity = identity });

        Assert.That(await TrapAsync(user, "12"), Is.EqualTo((0, "")));
        var trap = await NextAsync();
        Assert.That(await InformAsync(user, "13"), Is.EqualTo((0, "")));
        var inform = await NextAsync();

        foreach (var (notification, upTime, engine) in new[] { (trap, 12u, SnmpEngineId.Parse(Sender)), (inform, 13u, identity.EngineId) })
        {
            Assert.Multiple(() =>
            {
                Assert.That(notification.IsInform, Is.EqualTo(notification == inform));
                Assert.That(notification.Version, Is.EqualTo(SnmpVersion.V3));
                Assert.That(notification.Community, Is.Null);
                Assert.That(notification.UserName, Is.EqualTo(user.Name));
                Assert.That(notification.SecurityLevel, Is.EqualTo(user.Level));
                Assert.That(notification.EngineId, Is.EqualTo(engine));
                Assert.That(notification.ContextEngineId, Is.EqualTo(SnmpEngineId.Parse(Sender)));
                Assert.That(notification.ContextName, Is.EqualTo("vrf-1"));
                Assert.That(notification.TrapOid, Is.EqualTo(Oid.Parse(LinkDown)));
                Assert.That(notification.VarBinds, Is.EqualTo(new VarBind[]
                {
                    new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(upTime)),
                    new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Oid.Parse(LinkDown))),
                    new(Oid.Parse(IfDescr), SnmpValue.OctetString("eth7")),
                }));
            });
        }

        var statistics = listener.Statistics;
        Assert.That((statistics.Delivered, statistics.Acknowledged, statistics.Dropped), Is.EqualTo((2, 1, 0)));
        Assert.That(statistics.Discoveries, Is.GreaterThan(0));
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case(User with { AuthenticationKey = UsmKey.Password("wrong password") }, SnmpNotificationDrop.WrongDigest);
        yield return Case(User with { PrivacyKey = UsmKey.Password("wrong password") }, SnmpNotificationDrop.Undecipherable);
        yield return Case(Pairs.User(User.Authentication, User.Privacy, "nobody"), SnmpNotificationDrop.UnknownUser);
        yield return Case(Pairs.User(User.Authentication, PrivacyProtocol.None), SnmpNotificationDrop.WrongSecurityLevel);
        yield return Case(Pairs.User(AuthenticationProtocol.None, PrivacyProtocol.None), SnmpNotificationDrop.WrongSecurityLevel);

        static TestCaseData Case(SnmpUser user, SnmpNotificationDrop reason) => new TestCaseData(user, reason).SetArgDisplayNames($"{user}", $"{reason}");
    }

    [TestCaseSource(nameof(Mistakes))]
    public async Task What_the_listener_does_not_trust_is_dropped_and_not_acknowledged(SnmpUser user, SnmpNotificationDrop reason)
    {
        var listener = Listen(new SnmpNotificationListenerOptions { Users = [User] });

        Assert.That((await TrapAsync(user, "12")).ExitCode, Is.Zero, "a trap is not answered");
        Assert.That((await InformAsync(user, "13")).ExitCode, Is.Not.Zero);

        Assert.That(listener.Statistics.DroppedFor(reason), Is.GreaterThanOrEqualTo(2));
        Assert.That(listener.Statistics.Delivered, Is.Zero);
    }

    [Test]
    public async Task A_user_may_be_bound_to_the_engines_that_send_its_traps()
    {
        var elsewhere = User with { EngineId = SnmpEngineId.Parse("8000000001020399"), AuthenticationKey = UsmKey.Password("another password") };
        var listener = Listen(new SnmpNotificationListenerOptions { Users = [elsewhere] });
        await TrapAsync(User, "12");
        await TrapAsync(elsewhere, "13", "8000000001020399");

        Assert.That((await NextAsync()).SysUpTime, Is.EqualTo(TimeSpan.FromSeconds(0.13)));
        Assert.That(listener.Statistics.DroppedFor(SnmpNotificationDrop.UnknownEngine), Is.EqualTo(1));
    }

    [Test]
    public async Task An_old_trap_is_dropped_and_a_restarted_sender_is_heard()
    {
        var listener = Listen(new SnmpNotificationListenerOptions { Users = [User] });
        await TrapAsync(User, "1", boots: "5,1000");
        await TrapAsync(User, "2", boots: "5,849");
        await TrapAsync(User, "3", boots: "4,2000");
        await TrapAsync(User, "4", boots: "5,851");
        await TrapAsync(User, "5", boots: "6,0");

        var arrived = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            arrived.Add((await NextAsync()).SysUpTime!.Value.TotalMilliseconds / 10);
        }

        Assert.That(arrived, Is.EqualTo(new[] { 1, 4, 5 }));
        Assert.That(listener.Statistics.DroppedFor(SnmpNotificationDrop.NotInTimeWindow), Is.EqualTo(2));
    }

    private Task<(int ExitCode, string Errors)> TrapAsync(SnmpUser user, string upTime, string engineId = Sender, string? boots = null) => _tool.RunAsync(
        "snmptrap", EndPoint, ["-v3", .. UserTool.Options(user with { ContextName = "vrf-1" }), "-e", $"0x{engineId}", "-E", $"0x{engineId}", .. boots is null ? Array.Empty<string>() : ["-Z", boots]],
        upTime, LinkDown, IfDescr, "s", "eth7");

    private Task<(int ExitCode, string Errors)> InformAsync(SnmpUser user, string upTime) => _tool.RunAsync(
        "snmpinform", EndPoint, ["-v3", .. UserTool.Options(user with { ContextName = "vrf-1" }), "-E", $"0x{Sender}", .. Once], upTime, LinkDown, IfDescr, "s", "eth7");
}
