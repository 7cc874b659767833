using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>What peers send that is wrong, and what they send that is merely unusual.</summary>
public sealed class SecuredMessageReaderTests
{
    private static readonly byte[] Version = [0x02, 0x01, 0x03];
    private static readonly byte[] Header = Tlv(0x30, [0x02, 0x01, 0x09], [0x02, 0x02, 0x05, 0xDC], [0x04, 0x01, 0x04], [0x02, 0x01, 0x03]);
    private static readonly byte[] Security = Tlv(0x04, Tlv(0x30, [0x04, 0x01, 0x80], [0x02, 0x01, 0x05], [0x02, 0x01, 0x06], [0x04, 0x01, (byte)'u'], [0x04, 0x00], [0x04, 0x00]));
    private static readonly byte[] Pdu = Tlv(0xA0, [0x02, 0x01, 0x07], [0x02, 0x01, 0x00], [0x02, 0x01, 0x00], [0x30, 0x00]);
    private static readonly byte[] Scoped = Tlv(0x30, [0x04, 0x01, 0x81], [0x04, 0x01, (byte)'c'], Pdu);

    [Test]
    public void A_message_is_read_and_octets_after_it_are_ignored()
    {
        var message = Tlv(0x30, Version, Header, Security, Scoped);

        Assert.That(SecuredMessageReader.TryRead([.. message, 1, 2, 3], out var read), Is.EqualTo(SnmpParseError.None));
        Assert.That(read.Whole.ToArray(), Is.EqualTo(message));
        Assert.That((read.MessageId, read.MaxSize, read.Flags, read.SecurityModel), Is.EqualTo((9, 1500, SecuredFlags.Reportable, 3)));
        Assert.That((read.Boots, read.Time, read.MacOffset), Is.EqualTo((5, 6, 0)));
        Assert.That(read.UserName.ToArray(), Is.EqualTo("u"u8.ToArray()));
        Assert.That(SecuredMessageReader.TryReadScopedPdu(read.Data, out var scoped), Is.EqualTo(SnmpParseError.None));
        Assert.That(scoped.ContextEngineId.ToArray(), Is.EqualTo(new byte[] { 0x81 }));
        Assert.That(scoped.ContextName.ToArray(), Is.EqualTo("c"u8.ToArray()));
        Assert.That((scoped.Header.Version, scoped.Header.PduType, scoped.Header.RequestId), Is.EqualTo((SnmpVersion.V3, PduType.Get, 7)));
    }

    [Test]
    public void Every_prefix_of_a_message_is_truncated()
    {
        var message = Tlv(0x30, Version, Header, Security, Scoped);
        for (var length = 0; length < message.Length; length++)
        {
            Assert.That(SecuredMessageReader.TryRead(message.AsSpan(0, length), out _), Is.EqualTo(SnmpParseError.Truncated));
        }
    }

    [Test]
    public void Padding_after_a_scoped_pdu_is_ignored() =>
        Assert.That(SecuredMessageReader.TryReadScopedPdu([.. Scoped, 5, 5, 5, 5, 5], out _), Is.EqualTo(SnmpParseError.None));

    [Test]
    public void The_parameters_of_another_security_model_are_left_unread()
    {
        var header = Tlv(0x30, [0x02, 0x01, 0x09], [0x02, 0x02, 0x05, 0xDC], [0x04, 0x01, 0x04], [0x02, 0x01, 0x04]);

        Assert.That(SecuredMessageReader.TryRead(Tlv(0x30, Version, header, [0x04, 0x02, 1, 2], Scoped), out var read), Is.EqualTo(SnmpParseError.None));
        Assert.That(read.SecurityModel, Is.EqualTo(4));
    }

    [Test]
    public void Fields_of_a_wrong_type_or_range_are_refused()
    {
        byte[] engineId = [0x04, 65, .. new byte[65]];
        byte[] empty = [0x04, 0x00];
        byte[] one = [0x02, 0x01, 0x01];
        byte[] negative = [0x02, 0x01, 0xFF];

        Assert.That(Read([0x02, 0x01, 0x01], Header, Security, Scoped), Is.EqualTo(SnmpParseError.UnsupportedVersion));
        Assert.That(Read(Version, Header, Security, [0x04, 0x00]), Is.EqualTo(SnmpParseError.UnexpectedTag));
        Assert.That(Read(Version, Header, Security, Scoped, one), Is.EqualTo(SnmpParseError.TrailingOctets));
        Assert.That(Read(Version, Tlv(0x30, one, one, empty, [0x02, 0x01, 0x03]), Security, Scoped), Is.EqualTo(SnmpParseError.InvalidValueLength));
        Assert.That(Read(Version, Tlv(0x30, one, one, [0x04, 0x01, 0], one, one), Security, Scoped), Is.EqualTo(SnmpParseError.TrailingOctets));
        Assert.That(Read(Version, Header, Parameters(engineId, one, one, empty, empty, empty), Scoped), Is.EqualTo(SnmpParseError.InvalidValueLength));
        Assert.That(Read(Version, Header, Parameters(empty, negative, one, empty, empty, empty), Scoped), Is.EqualTo(SnmpParseError.InvalidInteger));
        Assert.That(Read(Version, Header, Parameters(empty, one, negative, empty, empty, empty), Scoped), Is.EqualTo(SnmpParseError.InvalidInteger));
        Assert.That(Read(Version, Header, Parameters(empty, one, one, empty, empty), Scoped), Is.EqualTo(SnmpParseError.Truncated));
        Assert.That(
            SecuredMessageReader.TryReadScopedPdu(Tlv(0x30, empty, empty, Tlv(0xA4, Pdu)), out _), Is.EqualTo(SnmpParseError.UnsupportedPdu));
    }

    [TestCase("1.3.6.1.6.3.15.1.1.4.0", 4)]
    [TestCase("1.3.6.1.6.3.15.1.1.2", 2)]
    [TestCase("1.3.6.1.6.3.12.1.5.0", 11)]
    [TestCase("1.3.6.1.6.3.15.1.1.7.0", 0)]
    public void A_report_is_known_by_its_counter(string name, int expected)
    {
        var buffer = new byte[500];
        var fields = new SecuredFields { BlockLength = 1 };
        var writer = new SnmpMessageWriter(buffer, fields, PduType.Report, 0);
        Assert.That(writer.TryAdd(Oid.Parse(name), SnmpValue.Counter32(1)), Is.True);
        Assert.That(writer.TryComplete(out var length), Is.True);
        Assert.That(SecuredMessageReader.TryRead(buffer.AsSpan(0, length), out var message), Is.EqualTo(SnmpParseError.None));
        Assert.That(SecuredMessageReader.TryReadScopedPdu(message.Data, out var scoped), Is.EqualTo(SnmpParseError.None));

        Assert.That(ReportCounters.Identify(scoped.Header), Is.EqualTo((ReportKind)expected));
        Assert.That(ReportCounters.Identify(default), Is.EqualTo(ReportKind.Other));
    }

    private static byte[] Parameters(params byte[][] fields) => Tlv(0x04, Tlv(0x30, fields));

    private static SnmpParseError Read(params byte[][] fields) => SecuredMessageReader.TryRead(Tlv(0x30, fields), out _);

    private static byte[] Tlv(byte tag, params byte[][] parts)
    {
        var content = parts.SelectMany(part => part).ToArray();
        return [tag, (byte)content.Length, .. content];
    }
}
