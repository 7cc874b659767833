using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class TrapMappingTests
{
    private const uint Address = 0xC0000201;

    private static readonly Oid Enterprise = Oid.Parse("1.3.6.1.4.1.8072.3.2.10");
    private static readonly VarBind Interface = new(Oid.Parse("1.3.6.1.2.1.2.2.1.1.3"), SnmpValue.Integer32(3));

    [TestCase(0, 0, "1.3.6.1.6.3.1.1.5.1")]
    [TestCase(2, 7, "1.3.6.1.6.3.1.1.5.3")]
    [TestCase(5, 0, "1.3.6.1.6.3.1.1.5.6")]
    [TestCase(6, 42, "1.3.6.1.4.1.8072.3.2.10.0.42")]
    public void A_trap_of_version_1_has_a_name_in_version_2(int generic, int specific, string expected)
    {
        var trap = new TrapV1Fields(Enterprise, Address, generic, specific, 99);

        Assert.That(TrapMapping.TrapOidOf(trap).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_trap_of_version_1_becomes_a_notification()
    {
        var trap = new TrapV1Fields(Enterprise, Address, 2, 0, 99);

        var notification = TrapMapping.ToNotification(trap, "public"u8, [Interface]);

        Assert.That(notification, Is.EqualTo(new VarBind[]
        {
            new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(99)),
            new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.6.3.1.1.5.3"))),
            Interface,
            new(TrapMapping.SnmpTrapAddress, SnmpValue.IpAddress(IPAddress.Parse("192.0.2.1"))),
            new(TrapMapping.SnmpTrapCommunity, SnmpValue.OctetString("public")),
            new(TrapMapping.SnmpTrapEnterprise, SnmpValue.ObjectIdentifier(Enterprise)),
        }));
    }

    [Test]
    public void What_a_trap_says_of_itself_is_not_said_twice()
    {
        VarBind[] own = [new(TrapMapping.SnmpTrapAddress, SnmpValue.IpAddress(IPAddress.Loopback)), new(TrapMapping.SnmpTrapCommunity, SnmpValue.OctetString("x"))];

        var notification = TrapMapping.ToNotification(new TrapV1Fields(Enterprise, Address, 0, 0, 1), "public"u8, own);

        Assert.That(notification, Has.Length.EqualTo(5));
        Assert.That(notification[2..4], Is.EqualTo(own));
    }

    [TestCase(0, 0)]
    [TestCase(4, 0)]
    [TestCase(6, 42)]
    public void A_trap_comes_back_from_its_notification(int generic, int specific)
    {
        var trap = new TrapV1Fields(Enterprise, Address, generic, specific, 99);
        var notification = TrapMapping.ToNotification(trap, "public"u8, [Interface]);

        Assert.That(TrapMapping.TryToTrapV1(notification, 0, out var back, out var varBinds), Is.True);
        Assert.That(back, Is.EqualTo(trap));
        Assert.That(varBinds, Is.EqualTo(new[] { Interface }));
    }

    [TestCase("1.3.6.1.4.1.9.7", "1.3.6.1.4.1.9", 6, 7)]
    [TestCase("1.3.6.1.4.1.9.0.7", "1.3.6.1.4.1.9", 6, 7)]
    [TestCase("1.3.6.1.6.3.1.1.5.2", "1.3.6.1.6.3.1.1.5", 1, 0)]
    public void A_notification_has_fields_in_version_1(string name, string enterprise, int generic, int specific)
    {
        VarBind[] notification = [new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(1)), new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Oid.Parse(name)))];

        Assert.That(TrapMapping.TryToTrapV1(notification, Address, out var trap, out _), Is.True);
        Assert.That(trap, Is.EqualTo(new TrapV1Fields(Oid.Parse(enterprise), Address, generic, specific, 1)));
    }

    [Test]
    public void What_version_1_cannot_say_is_refused()
    {
        VarBind upTime = new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(1));
        VarBind name = new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(Enterprise));

        Assert.That(TrapMapping.TryToTrapV1([upTime], 0, out _, out _), Is.False);
        Assert.That(TrapMapping.TryToTrapV1([name, upTime], 0, out _, out _), Is.False);
        Assert.That(TrapMapping.TryToTrapV1([upTime, name, new VarBind(Enterprise, SnmpValue.Counter64(1))], 0, out _, out _), Is.False);
    }
}
