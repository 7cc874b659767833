using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>Good messages of every kind, recorded and made, from which fuzzing starts.</summary>
internal static class MessageCorpus
{
    public const int LargestMessage = 2000;

    private static readonly Oid Root = Oid.Parse("1.3.6.1.2.1.2.2.1");

    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Null, SnmpValue.Integer32(-70000), SnmpValue.OctetString("eth0"), SnmpValue.ObjectIdentifier(Root.Append(4294967295)),
        SnmpValue.IpAddress(IPAddress.Loopback), SnmpValue.Counter32(uint.MaxValue), SnmpValue.Gauge32(1000), SnmpValue.TimeTicks(123456),
        SnmpValue.OpaqueFloat(1.5f), SnmpValue.OpaqueDouble(2.5), SnmpValue.Counter64(ulong.MaxValue),
        SnmpValue.NoSuchObject, SnmpValue.NoSuchInstance, SnmpValue.EndOfMibView,
    ];

    public static byte[][] Build() =>
    [
        Message(SnmpVersion.V2c, PduType.Get, SnmpValue.Null),
        Message(SnmpVersion.V1, PduType.GetNext, SnmpValue.Null),
        Message(SnmpVersion.V2c, PduType.Response, Values),
        Message(SnmpVersion.V2c, PduType.Set, SnmpValue.OctetString(new byte[300]), SnmpValue.Integer32(1)),
        Message(SnmpVersion.V2c, PduType.Response, [.. Enumerable.Range(0, 25).Select(index => SnmpValue.Counter32((uint)index << 20))]),
        .. Values.Select(value => Message(SnmpVersion.V2c, PduType.TrapV2, value)),
        Trap(),
        Padded(),
        .. Recorded().Where(static message => !IsSecured(message)),
    ];

    /// <summary>Messages of SNMPv3 between other programs, whose keys do not matter here.</summary>
    public static byte[][] BuildSecured() => [.. Recorded().Where(IsSecured)];

    private static bool IsSecured(byte[] message) => SecuredMessageReader.TryRead(message, out _) == SnmpParseError.None;

    private static IEnumerable<byte[]> Recorded()
    {
        using var stream = typeof(MessageCorpus).Assembly.GetManifestResourceStream("net-snmp.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return Convert.FromHexString(line);
            }
        }
    }

    private static byte[] Message(SnmpVersion version, PduType type, params SnmpValue[] values)
    {
        var buffer = new byte[LargestMessage];
        var varBinds = values.Select((value, index) => new VarBind(Root.Append(10, (uint)index << 8), value)).ToArray();
        Assert.That(SnmpMessageWriter.TryWrite(buffer, version, "public"u8, type, 0x12345678, 0, 0, varBinds, out var length, out _), Is.True);
        return buffer[..length];
    }

    private static byte[] Trap()
    {
        var buffer = new byte[LargestMessage];
        var writer = new SnmpMessageWriter(buffer, "public"u8, new TrapV1Fields(Root, 0x7F000001, 6, 42, 99));
        Assert.That(writer.TryAdd(Root, SnmpValue.OctetString("down")), Is.True);
        Assert.That(writer.TryComplete(out var length), Is.True);
        return buffer[..length];
    }

    // Padded lengths, integers and sub-identifiers, as some agents send them.
    private static byte[] Padded() =>
    [
        0x30, 0x84, 0, 0, 0, 0x35, 0x02, 0x03, 0, 0, 0x01, 0x04, 0x81, 0x01, (byte)'c',
        0xA2, 0x82, 0, 0x28, 0x02, 0x08, 0, 0, 0, 0, 0, 0, 0, 0x07, 0x02, 0x02, 0, 0, 0x02, 0x01, 0,
        0x30, 0x82, 0, 0x13, 0x30, 0x81, 0x10, 0x06, 0x05, 0x2B, 0x80, 0x06, 0x80, 0x01, 0x41, 0x07, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
    ];
}
