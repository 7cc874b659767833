using System.Net;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>What Net-SNMP's snmptrap and snmpinform send by SNMPv1 and SNMPv2c.</summary>
internal sealed class CommunityToolTests : ListenerFixture
{
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";
    private const string IfIndex = "1.3.6.1.2.1.2.2.1.1.7";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2.7";

    private static readonly string[] V1 = ["-v1", "-c", "public"];
    private static readonly string[] V2c = ["-v2c", "-c", "public"];
    private static readonly string[] Once = [.. V2c, "-r0", "-t0.5"];

    private TrapTool _tool = null!;

    [SetUp]
    public void MakeTool() => _tool = new TrapTool();

    [TearDown]
    public void DisposeTool() => _tool.Dispose();

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task A_trap_of_version_2c_arrives_decoded(string address)
    {
        var listener = Listen(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Parse(address), 0)] });
        var run = await _tool.RunAsync("snmptrap", EndPoint, V2c, "4242", LinkDown, IfIndex, "i", "7", IfDescr, "s", "eth7", "1.3.6.1.2.1.1.3.9", "C", "18446744073709551615");
        Assert.That(run, Is.EqualTo((0, "")));

        var trap = await NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(trap.Version, Is.EqualTo(SnmpVersion.V2c));
            Assert.That(trap.IsInform, Is.False);
            Assert.That(trap.Community!.Reveal(), Is.EqualTo("public"));
            Assert.That(trap.TrapOid, Is.EqualTo(Oid.Parse(LinkDown)));
            Assert.That(trap.SysUpTime, Is.EqualTo(TimeSpan.FromSeconds(42.42)));
            Assert.That(trap.Source.Address, Is.EqualTo(IPAddress.Parse(address)));
            Assert.That(trap.LocalEndPoint, Is.EqualTo(EndPoint));
            Assert.That(trap.VarBinds, Is.EqualTo(new VarBind[]
            {
                new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(4242)),
                new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Oid.Parse(LinkDown))),
                new(Oid.Parse(IfIndex), SnmpValue.Integer32(7)),
                new(Oid.Parse(IfDescr), SnmpValue.OctetString("eth7")),
                new(Oid.Parse("1.3.6.1.2.1.1.3.9"), SnmpValue.Counter64(ulong.MaxValue)),
            }));
            Assert.That(trap.ToString(), Does.StartWith($"SNMPv2c trap {LinkDown} from ").And.Not.Contain("public"));
        });
        var statistics = listener.Statistics;
        Assert.That((statistics.Received, statistics.Delivered, statistics.Acknowledged, statistics.Dropped), Is.EqualTo((1, 1, 0, 0)));
    }

    [TestCase("2", "0", LinkDown)]
    [TestCase("6", "17", "1.3.6.1.4.1.9.1.0.17")]
    public async Task A_trap_of_version_1_arrives_in_the_form_of_version_2(string generic, string specific, string trapOid)
    {
        Listen(new SnmpNotificationListenerOptions { Communities = [new Secret("other"), new Secret("public")] });
        var run = await _tool.RunAsync("snmptrap", EndPoint, V1, "1.3.6.1.4.1.9.1", "192.0.2.7", generic, specific, "4242", IfIndex, "i", "7");
        Assert.That(run, Is.EqualTo((0, "")));

        var trap = await NextAsync();
        var fields = new SnmpTrapV1(
            Oid.Parse("1.3.6.1.4.1.9.1"), IPAddress.Parse("192.0.2.7"), int.Parse(generic), int.Parse(specific), TimeSpan.FromSeconds(42.42));
        Assert.Multiple(() =>
        {
            Assert.That(trap.Version, Is.EqualTo(SnmpVersion.V1));
            Assert.That(trap.TrapOid, Is.EqualTo(Oid.Parse(trapOid)));
            Assert.That(trap.TrapV1, Is.EqualTo(fields));
            Assert.That(trap.ToTrapV1(), Is.EqualTo(fields));
            Assert.That(trap.Enterprise, Is.EqualTo(fields.Enterprise));
            Assert.That(trap.AgentAddress, Is.EqualTo(fields.AgentAddress));
            Assert.That(trap.SysUpTime, Is.EqualTo(fields.Timestamp));
            Assert.That(trap.VarBinds, Is.EqualTo(new VarBind[]
            {
                new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(4242)),
                new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Oid.Parse(trapOid))),
                new(Oid.Parse(IfIndex), SnmpValue.Integer32(7)),
                new(TrapMapping.SnmpTrapAddress, SnmpValue.IpAddress(fields.AgentAddress)),
                new(TrapMapping.SnmpTrapEnterprise, SnmpValue.ObjectIdentifier(fields.Enterprise)),
            }), "and the community is not among them");
        });
    }

    [Test]
    public async Task A_trap_of_version_2c_has_the_fields_of_version_1_too()
    {
        _ = Listener;
        await _tool.RunAsync("snmptrap", EndPoint, V2c, "100", "1.3.6.1.4.1.9.1.0.17", IfIndex, "i", "7");

        var trap = await NextAsync();
        Assert.That(trap.TrapV1, Is.Null);
        Assert.That(
            trap.ToTrapV1(),
            Is.EqualTo(new SnmpTrapV1(Oid.Parse("1.3.6.1.4.1.9.1"), IPAddress.Loopback, 6, 17, TimeSpan.FromSeconds(1))));
    }

    [Test]
    public async Task An_inform_is_acknowledged_and_arrives_decoded()
    {
        var listener = Listener;
        var run = await _tool.RunAsync("snmpinform", EndPoint, Once, "4242", LinkDown, IfDescr, "s", "eth7");
        Assert.That(run, Is.EqualTo((0, "")));

        var inform = await NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(inform.IsInform, Is.True);
            Assert.That(inform.TrapOid, Is.EqualTo(Oid.Parse(LinkDown)));
            Assert.That(inform.VarBinds[2], Is.EqualTo(new VarBind(Oid.Parse(IfDescr), SnmpValue.OctetString("eth7"))));
        });
        Assert.That((listener.Statistics.Delivered, listener.Statistics.Acknowledged), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task An_inform_of_another_community_is_not_acknowledged()
    {
        var listener = Listen(new SnmpNotificationListenerOptions { Communities = [new Secret("hidden")] });

        var run = await _tool.RunAsync("snmpinform", EndPoint, Once, "4242", LinkDown);

        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(listener.Statistics.DroppedFor(SnmpNotificationDrop.WrongCommunity), Is.EqualTo(1));
        Assert.That(listener.Statistics.Delivered, Is.Zero);
    }

    [Test]
    public async Task An_inform_that_finds_no_room_is_acknowledged_only_when_it_does()
    {
        var listener = Listen(new SnmpNotificationListenerOptions { QueueCapacity = 1 });
        Assert.That((await _tool.RunAsync("snmpinform", EndPoint, Once, "1", LinkDown)).ExitCode, Is.Zero);

        Assert.That((await _tool.RunAsync("snmpinform", EndPoint, Once, "2", LinkDown)).ExitCode, Is.Not.Zero);
        Assert.That(listener.Statistics.DroppedFor(SnmpNotificationDrop.QueueFull), Is.EqualTo(1));
        Assert.That((await NextAsync()).SysUpTime, Is.EqualTo(TimeSpan.FromSeconds(0.01)));

        Assert.That((await _tool.RunAsync("snmpinform", EndPoint, Once, "3", LinkDown)).ExitCode, Is.Zero);
        Assert.That((await NextAsync()).SysUpTime, Is.EqualTo(TimeSpan.FromSeconds(0.03)));
    }
}
