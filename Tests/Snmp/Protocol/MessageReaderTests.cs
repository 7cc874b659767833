using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>What peers send that is wrong, and what they send that is merely unusual.</summary>
public sealed class MessageReaderTests
{
    private static readonly byte[] Fields = [0x02, 0x01, 0x07, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00];
    private static readonly byte[] NoVarBinds = [0x30, 0x00];
    private static readonly byte[] Community = [0x04, 0x01, (byte)'c'];

    [Test]
    public void A_message_of_version_3_is_told_from_garbage()
    {
        var message = Tlv(0x30, [0x02, 0x01, 0x03], Tlv(0x30, [0x02, 0x01, 0x01]));

        Assert.That(SnmpMessageReader.TryRead(message, out var header), Is.EqualTo(SnmpParseError.UnsupportedVersion));
        Assert.That(header.Version, Is.EqualTo(SnmpVersion.V3));
    }

    [TestCase(2)]
    [TestCase(4)]
    [TestCase(255)]
    public void Versions_that_do_not_exist_are_unsupported(byte version) =>
        Assert.That(Read(Message(version, 0xA2, Fields, NoVarBinds)), Is.EqualTo(SnmpParseError.UnsupportedVersion));

    [TestCase(0, 0xA5, SnmpParseError.UnsupportedPdu)]
    [TestCase(0, 0xA6, SnmpParseError.UnsupportedPdu)]
    [TestCase(0, 0xA7, SnmpParseError.UnsupportedPdu)]
    [TestCase(0, 0x30, SnmpParseError.UnsupportedPdu)]
    [TestCase(1, 0xA4, SnmpParseError.UnsupportedPdu)]
    [TestCase(1, 0xA9, SnmpParseError.UnsupportedPdu)]
    [TestCase(1, 0xA8, SnmpParseError.None)]
    [TestCase(0, 0xA3, SnmpParseError.None)]
    public void Each_version_has_its_pdus(byte version, byte pdu, SnmpParseError expected) =>
        Assert.That(Read(Message(version, pdu, Fields, NoVarBinds)), Is.EqualTo(expected));

    [Test]
    public void Every_prefix_of_a_message_is_truncated()
    {
        var message = Message(1, 0xA2, Fields, Tlv(0x30, Tlv(0x30, [0x06, 0x01, 0x2B], [0x05, 0x00])));

        Assert.That(Read(message), Is.EqualTo(SnmpParseError.None));
        for (var length = 0; length < message.Length; length++)
        {
            Assert.That(Read(message[..length]), Is.EqualTo(SnmpParseError.Truncated));
        }
    }

    [Test]
    public void Octets_after_the_message_are_ignored_and_within_it_refused()
    {
        Assert.That(Read([.. Message(1, 0xA2, Fields, NoVarBinds), 0, 0, 0]), Is.EqualTo(SnmpParseError.None));
        Assert.That(Read(Message(1, 0xA2, Fields, NoVarBinds, [0x05, 0x00])), Is.EqualTo(SnmpParseError.TrailingOctets));
        Assert.That(
            Read(Tlv(0x30, [0x02, 0x01, 0x01], Community, Tlv(0xA2, Fields, NoVarBinds), [0x05, 0x00])),
            Is.EqualTo(SnmpParseError.TrailingOctets));
    }

    [Test]
    public void Fields_of_a_wrong_type_or_range_are_refused()
    {
        byte[] tooLarge = [0x02, 0x05, 0x01, 0, 0, 0, 0, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00];
        byte[] notInteger = [0x04, 0x01, 0x07, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00];

        Assert.That(Read(Message(1, 0xA2, tooLarge, NoVarBinds)), Is.EqualTo(SnmpParseError.InvalidInteger));
        Assert.That(Read(Message(1, 0xA2, notInteger, NoVarBinds)), Is.EqualTo(SnmpParseError.UnexpectedTag));
        Assert.That(Read(Message(1, 0xA2, Fields, [0x31, 0x00])), Is.EqualTo(SnmpParseError.UnexpectedTag));
        Assert.That(Read(Tlv(0x30, [0x02, 0x01, 0x01], [0x0C, 0x01, (byte)'c'], Tlv(0xA2, Fields, NoVarBinds))), Is.EqualTo(SnmpParseError.UnexpectedTag));
    }

    [Test]
    public void Lengths_of_four_octets_are_read_as_old_agents_send_them()
    {
        byte[] pdu = [0xA2, 0x84, 0, 0, 0, 11, .. Fields, .. NoVarBinds];
        byte[] content = [0x02, 0x04, 0, 0, 0, 0x01, .. Community, .. pdu];
        byte[] message = [0x30, 0x84, 0, 0, 0, (byte)content.Length, .. content];

        Assert.That(SnmpMessageReader.TryRead(message, out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.RequestId, Is.EqualTo(7));
    }

    [Test]
    public void The_fields_of_a_trap_of_version_1_are_checked()
    {
        byte[] enterprise = [0x06, 0x01, 0x2B];
        byte[] address = [0x40, 0x04, 1, 2, 3, 4];
        byte[] numbers = [0x02, 0x01, 0x06, 0x02, 0x01, 0x01];
        byte[] timestamp = [0x43, 0x01, 0x05];

        Assert.That(Read(Message(0, 0xA4, enterprise, address, numbers, timestamp, NoVarBinds)), Is.EqualTo(SnmpParseError.None));
        Assert.That(Read(Message(0, 0xA4, [0x06, 0x01, 0x80], address, numbers, timestamp, NoVarBinds)), Is.EqualTo(SnmpParseError.InvalidOid));
        Assert.That(Read(Message(0, 0xA4, enterprise, [0x40, 0x01, 1], numbers, timestamp, NoVarBinds)), Is.EqualTo(SnmpParseError.InvalidValueLength));
        Assert.That(Read(Message(0, 0xA4, enterprise, address, numbers, [0x43, 0x00], NoVarBinds)), Is.EqualTo(SnmpParseError.InvalidInteger));
        Assert.That(Read(Message(0, 0xA4, Fields, NoVarBinds)), Is.EqualTo(SnmpParseError.UnexpectedTag));
    }

    [TestCase(new byte[] { 0x31, 0x00 }, SnmpParseError.UnexpectedTag)]
    [TestCase(new byte[] { 0x30, 0x00 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x30, 0x03, 0x06, 0x01, 0x2B }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x30, 0x05, 0x04, 0x01, 0x2B, 0x05, 0x00 }, SnmpParseError.UnexpectedTag)]
    [TestCase(new byte[] { 0x30, 0x07, 0x06, 0x01, 0x2B, 0x05, 0x00, 0x05, 0x00 }, SnmpParseError.TrailingOctets)]
    [TestCase(new byte[] { 0x30, 0x80, 0x06, 0x01, 0x2B, 0x05, 0x00, 0x00, 0x00 }, SnmpParseError.IndefiniteLength)]
    public void A_list_stops_at_a_varbind_that_is_none(byte[] bad, SnmpParseError error)
    {
        var reader = new VarBindReader([0x30, 0x05, 0x06, 0x01, 0x2B, 0x05, 0x00, .. bad, 0x30, 0x05, 0x06, 0x01, 0x2B, 0x05, 0x00]);

        Assert.That(reader.TryRead(out _), Is.True);
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.Error, Is.EqualTo(error));
    }

    [TestCase(0x03, new byte[] { 0x00 }, SnmpParseError.UnsupportedType)]
    [TestCase(0x45, new byte[] { 0x00 }, SnmpParseError.UnsupportedType)]
    [TestCase(0x05, new byte[] { 0x00 }, SnmpParseError.InvalidValueLength)]
    [TestCase(0x81, new byte[] { 0x00 }, SnmpParseError.InvalidValueLength)]
    [TestCase(0x02, new byte[] { }, SnmpParseError.InvalidInteger)]
    [TestCase(0x41, new byte[] { 1, 0, 0, 0, 0 }, SnmpParseError.InvalidInteger)]
    [TestCase(0x46, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0 }, SnmpParseError.InvalidInteger)]
    [TestCase(0x06, new byte[] { 0x80 }, SnmpParseError.InvalidOid)]
    public void A_value_that_its_type_does_not_allow_is_a_typed_error(byte tag, byte[] content, SnmpParseError error)
    {
        var slice = new VarBindSlice([0x2B], (SnmpType)tag, content);

        Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(error));
        Assert.That(varBind, Is.EqualTo(default(VarBind)));
        Assert.That(new VarBindSlice([0x2B, 0x80], SnmpType.Null, []).TryToVarBind(out _), Is.EqualTo(SnmpParseError.InvalidOid));
    }

    private static SnmpParseError Read(byte[] message) => SnmpMessageReader.TryRead(message, out _);

    private static byte[] Message(byte version, byte pdu, params byte[][] fields) =>
        Tlv(0x30, [0x02, 0x01, version], Community, Tlv(pdu, fields));

    // Short lengths only; the versions above 127 that a test sends are negative integers.
    private static byte[] Tlv(byte tag, params byte[][] parts)
    {
        var content = parts.SelectMany(part => part).ToArray();
        return [tag, (byte)content.Length, .. content];
    }
}
