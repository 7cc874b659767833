using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>Notifications as senders write them.</summary>
internal static class NotificationMessages
{
    private const int Largest = 65_507;

    public static readonly Oid LinkDown = Oid.Parse("1.3.6.1.6.3.1.1.5.3");

    public static VarBind[] Content(uint upTime, int more = 1) =>
    [
        new(TrapMapping.SysUpTime, SnmpValue.TimeTicks(upTime)),
        new(TrapMapping.SnmpTrapOid, SnmpValue.ObjectIdentifier(LinkDown)),
        .. Enumerable.Range(1, more).Select(index => new VarBind(Oid.Parse("1.3.6.1.2.1.2.2.1.1").Append((uint)index), SnmpValue.Integer32(index))),
    ];

    public static byte[] V1(uint upTime = 1)
    {
        var buffer = new byte[Largest];
        var writer = new SnmpMessageWriter(buffer, "public"u8, new TrapV1Fields(Oid.Parse("1.3.6.1.4.1.9.1"), 0x7F000001, 2, 0, upTime));
        return Complete(ref writer, buffer, Content(upTime)[2..]);
    }

    public static byte[] V2c(PduType type, int requestId = 7, uint upTime = 1, int more = 1)
    {
        var buffer = new byte[Largest];
        var writer = new SnmpMessageWriter(buffer, SnmpVersion.V2c, "public"u8, type, requestId);
        return Complete(ref writer, buffer, Content(upTime, more));
    }

    /// <summary>A trap of SNMPv3 from an engine.</summary>
    public static byte[] Trap(UsmAuthority engine, SnmpUser user, int messageId = 7, uint upTime = 1)
    {
        var buffer = new byte[Largest];
        var writer = engine.BeginTrap(buffer, user.Name, messageId);
        Add(ref writer, Content(upTime));
        Assert.That(engine.TryCompleteTrap(ref writer, buffer, user.Name, out var length), Is.True);
        return buffer[..length];
    }

    /// <summary>A message of SNMPv3 to an engine that the session knows.</summary>
    public static byte[] ToEngine(UsmSession session, PduType type = PduType.Inform, int messageId = 7, int maxSize = Largest, int more = 1)
    {
        var buffer = new byte[Largest];
        var writer = session.BeginRequest(buffer, messageId, maxSize, type, requestId: 77);
        Add(ref writer, Content(1, more));
        Assert.That(session.TryComplete(ref writer, buffer, out var length), Is.True);
        return buffer[..length];
    }

    public static byte[] Discovery()
    {
        var buffer = new byte[200];
        Assert.That(UsmSession.TryWriteDiscovery(buffer, 7, Largest, out var length), Is.True);
        return buffer[..length];
    }

    private static byte[] Complete(ref SnmpMessageWriter writer, byte[] buffer, VarBind[] varBinds)
    {
        Add(ref writer, varBinds);
        Assert.That(writer.TryComplete(out var length), Is.True);
        return buffer[..length];
    }

    private static void Add(ref SnmpMessageWriter writer, VarBind[] varBinds)
    {
        foreach (var varBind in varBinds)
        {
            Assert.That(writer.TryAdd(varBind.Oid, varBind.Value), Is.True);
        }
    }
}
