using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class BerWriterTests
{
    [TestCase(0L, new byte[] { 0x02, 1, 0x00 })]
    [TestCase(127L, new byte[] { 0x02, 1, 0x7F })]
    [TestCase(128L, new byte[] { 0x02, 2, 0x00, 0x80 })]
    [TestCase(-1L, new byte[] { 0x02, 1, 0xFF })]
    [TestCase(-128L, new byte[] { 0x02, 1, 0x80 })]
    [TestCase(-129L, new byte[] { 0x02, 2, 0xFF, 0x7F })]
    [TestCase(32767L, new byte[] { 0x02, 2, 0x7F, 0xFF })]
    [TestCase(32768L, new byte[] { 0x02, 3, 0x00, 0x80, 0x00 })]
    [TestCase(4294967295L, new byte[] { 0x02, 5, 0x00, 0xFF, 0xFF, 0xFF, 0xFF })]
    [TestCase(-2147483648L, new byte[] { 0x02, 4, 0x80, 0x00, 0x00, 0x00 })]
    [TestCase(long.MaxValue, new byte[] { 0x02, 8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [TestCase(long.MinValue, new byte[] { 0x02, 8, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    public void Integers_take_the_fewest_octets(long value, byte[] expected)
    {
        var buffer = new byte[expected.Length];
        var writer = new BerWriter(buffer);
        writer.WriteInteger(BerTag.Integer, value);

        Assert.That(writer.Overflowed, Is.False);
        Assert.That(buffer, Is.EqualTo(expected));
    }

    [Test]
    public void A_counter_that_would_look_negative_gets_a_zero_octet()
    {
        var buffer = new byte[11];
        var writer = new BerWriter(buffer);
        writer.WriteUnsigned((byte)SnmpType.Counter64, ulong.MaxValue);

        Assert.That(buffer, Is.EqualTo(new byte[] { 0x46, 9, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }));
    }

    [TestCase(0, new byte[] { 0x30, 0x00 })]
    [TestCase(127, new byte[] { 0x30, 0x7F })]
    [TestCase(128, new byte[] { 0x30, 0x81, 0x80 })]
    [TestCase(255, new byte[] { 0x30, 0x81, 0xFF })]
    [TestCase(256, new byte[] { 0x30, 0x82, 0x01, 0x00 })]
    [TestCase(65535, new byte[] { 0x30, 0x82, 0xFF, 0xFF })]
    [TestCase(65536, new byte[] { 0x30, 0x83, 0x01, 0x00, 0x00 })]
    public void Lengths_take_the_fewest_octets(int length, byte[] header)
    {
        var content = Enumerable.Range(0, length).Select(index => (byte)index).ToArray();
        var buffer = new byte[header.Length + length];
        var writer = new BerWriter(buffer);
        writer.WriteOctets(BerTag.Sequence, content);

        Assert.That(writer.Overflowed, Is.False);
        Assert.That(buffer, Is.EqualTo(header.Concat(content)));
    }

    [TestCase(0, new byte[] { 0x30, 0x00 })]
    [TestCase(63, new byte[] { 0x30, 0x7E })]
    [TestCase(64, new byte[] { 0x30, 0x81, 0x80 })]
    [TestCase(128, new byte[] { 0x30, 0x82, 0x01, 0x00 })]
    [TestCase(32768, new byte[] { 0x30, 0x83, 0x01, 0x00, 0x00 })]
    public void The_content_of_a_constructed_value_moves_to_make_room_for_its_length(int values, byte[] header)
    {
        var content = Enumerable.Range(0, values).SelectMany(index => new byte[] { (byte)(index % 31), 0 }).ToArray();
        var buffer = new byte[header.Length + content.Length];
        var writer = new BerWriter(buffer);
        var start = writer.Open(BerTag.Sequence);
        for (var index = 0; index < values; index++)
        {
            writer.WriteHeader((byte)(index % 31), 0);
        }

        Assert.That(writer.Close(start), Is.EqualTo(header.Length - 2));
        Assert.That(writer.Overflowed, Is.False);
        Assert.That(writer.Position, Is.EqualTo(buffer.Length));
        Assert.That(buffer, Is.EqualTo(header.Concat(content)));
    }

    [Test]
    public void An_overflow_stays_and_nothing_more_is_written()
    {
        var buffer = new byte[4];
        var writer = new BerWriter(buffer);
        writer.WriteOctets(BerTag.OctetString, [1, 2, 3]);
        writer.WriteHeader(0x05, 0);

        Assert.That(writer.Overflowed, Is.True);
        Assert.That(writer.HasRoomFor(0), Is.False);
        Assert.That(buffer, Is.EqualTo(new byte[] { 0x04, 3, 0, 0 }));
    }
}
