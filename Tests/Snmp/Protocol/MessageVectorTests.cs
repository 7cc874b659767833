using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>Messages whose octets are spelled out from the RFCs and X.690, in both directions.</summary>
public sealed class MessageVectorTests
{
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    // RFC 3416 section 3, RFC 1901 section 3: a GetRequest for sysDescr.0.
    private static readonly byte[] GetRequest =
    [
        0x30, 0x29,
        0x02, 0x01, 0x01, // version: v2c
        0x04, 0x06, (byte)'p', (byte)'u', (byte)'b', (byte)'l', (byte)'i', (byte)'c',
        0xA0, 0x1C,
        0x02, 0x04, 0x01, 0x02, 0x03, 0x04, // request-id
        0x02, 0x01, 0x00, // error-status
        0x02, 0x01, 0x00, // error-index
        0x30, 0x0E, 0x30, 0x0C,
        0x06, 0x08, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x01, 0x01, 0x00,
        0x05, 0x00,
    ];

    // RFC 1157 section 4.1.6: linkDown of an enterprise, from 192.0.2.7, with ifIndex.2 = 2.
    private static readonly byte[] TrapV1 =
    [
        0x30, 0x3A,
        0x02, 0x01, 0x00, // version: v1
        0x04, 0x06, (byte)'p', (byte)'u', (byte)'b', (byte)'l', (byte)'i', (byte)'c',
        0xA4, 0x2D,
        0x06, 0x07, 0x2B, 0x06, 0x01, 0x04, 0x01, 0x87, 0x67, // 1.3.6.1.4.1.999
        0x40, 0x04, 192, 0, 2, 7,
        0x02, 0x01, 0x02, // generic-trap: linkDown
        0x02, 0x01, 0x00, // specific-trap
        0x43, 0x03, 0x01, 0xE2, 0x40, // time-stamp: 123456
        0x30, 0x11, 0x30, 0x0F,
        0x06, 0x0A, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01, 0x01, 0x02,
        0x02, 0x01, 0x02,
    ];

    [Test]
    public void A_get_request_is_written_octet_for_octet()
    {
        var buffer = new byte[100];
        var fits = SnmpMessageWriter.TryWrite(
            buffer, SnmpVersion.V2c, "public"u8, PduType.Get, 0x01020304, 0, 0, [SysDescr], out var length, out var requestIdOffset);

        Assert.That(fits, Is.True);
        Assert.That(buffer[..length], Is.EqualTo(GetRequest));
        Assert.That(requestIdOffset, Is.EqualTo(17));
    }

    [Test]
    public void A_get_request_is_read_back()
    {
        var error = SnmpMessageReader.TryRead(GetRequest, out var header);

        Assert.That(error, Is.EqualTo(SnmpParseError.None));
        Assert.That(header.Version, Is.EqualTo(SnmpVersion.V2c));
        Assert.That(header.Community.ToArray(), Is.EqualTo("public"u8.ToArray()));
        Assert.That(header.PduType, Is.EqualTo(PduType.Get));
        Assert.That(header.RequestId, Is.EqualTo(0x01020304));
        Assert.That(Messages.VarBinds(header), Is.EqualTo(new[] { new VarBind(SysDescr, SnmpValue.Null) }));
    }

    [Test]
    public void A_trap_of_version_1_is_written_octet_for_octet()
    {
        var buffer = new byte[100];
        var trap = new TrapV1Fields(Oid.Parse("1.3.6.1.4.1.999"), 0xC0000207, 2, 0, 123456);
        var writer = new SnmpMessageWriter(buffer, "public"u8, trap);

        Assert.That(writer.TryAdd(Oid.Parse("1.3.6.1.2.1.2.2.1.1.2"), SnmpValue.Integer32(2)), Is.True);
        Assert.That(writer.TryComplete(out var length), Is.True);
        Assert.That(buffer[..length], Is.EqualTo(TrapV1));
        Assert.That(writer.RequestIdOffset, Is.Zero);
    }

    [Test]
    public void A_trap_of_version_1_is_read_back()
    {
        var error = SnmpMessageReader.TryRead(TrapV1, out var header);

        Assert.That(error, Is.EqualTo(SnmpParseError.None));
        Assert.That(header.Version, Is.EqualTo(SnmpVersion.V1));
        Assert.That(header.PduType, Is.EqualTo(PduType.TrapV1));
        Assert.That(header.Trap, Is.EqualTo(new TrapV1Fields(Oid.Parse("1.3.6.1.4.1.999"), 0xC0000207, 2, 0, 123456)));
        Assert.That(
            Messages.VarBinds(header),
            Is.EqualTo(new[] { new VarBind(Oid.Parse("1.3.6.1.2.1.2.2.1.1.2"), SnmpValue.Integer32(2)) }));
    }
}
