using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>Tags, lengths and integers, spelled out from X.690 sections 8.1 to 8.3.</summary>
public sealed class BerReaderTests
{
    [TestCase(new byte[] { 0x04, 0x02, 7, 8 }, Description = "short form")]
    [TestCase(new byte[] { 0x04, 0x81, 0x02, 7, 8 }, Description = "long form, not needed")]
    [TestCase(new byte[] { 0x04, 0x82, 0x00, 0x02, 7, 8 }, Description = "long form, padded")]
    [TestCase(new byte[] { 0x04, 0x84, 0x00, 0x00, 0x00, 0x02, 7, 8 }, Description = "long form, padded to four octets")]
    [TestCase(new byte[] { 0x04, 0x88, 0, 0, 0, 0, 0, 0, 0, 0x02, 7, 8 }, Description = "long form, padded to eight octets")]
    public void Every_definite_form_of_a_length_is_read(byte[] octets)
    {
        var reader = new BerReader(octets);

        Assert.That(reader.TryRead(0x04, out var content), Is.True);
        Assert.That(content.ToArray(), Is.EqualTo(new byte[] { 7, 8 }));
        Assert.That(reader.TryEnd(), Is.True);
        Assert.That(reader.IsAtEnd, Is.True);
    }

    [TestCase(new byte[] { }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04, 0x01 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04, 0x82, 0x00 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04, 0x82, 0xFF, 0xFF, 0x00 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x00 }, SnmpParseError.Truncated)]
    [TestCase(new byte[] { 0x04, 0x80, 0x07, 0x00, 0x00 }, SnmpParseError.IndefiniteLength)]
    [TestCase(new byte[] { 0x04, 0x84, 0x80, 0x00, 0x00, 0x00, 0x00 }, SnmpParseError.LengthTooLarge)]
    [TestCase(new byte[] { 0x04, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, SnmpParseError.LengthTooLarge)]
    [TestCase(new byte[] { 0x04, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, SnmpParseError.LengthTooLarge)]
    [TestCase(new byte[] { 0x04, 0xFF, 0x00 }, SnmpParseError.LengthTooLarge)]
    [TestCase(new byte[] { 0x1F, 0x04, 0x00 }, SnmpParseError.UnexpectedTag)]
    [TestCase(new byte[] { 0x05, 0x00 }, SnmpParseError.UnexpectedTag)]
    public void What_cannot_be_read_is_a_typed_error(byte[] octets, SnmpParseError error)
    {
        var reader = new BerReader(octets);

        Assert.That(reader.TryRead(0x04, out _), Is.False);
        Assert.That(reader.Error, Is.EqualTo(error));
    }

    [Test]
    public void Nothing_is_read_after_an_error()
    {
        var reader = new BerReader([0x04, 0x80, 0x02, 0x01, 0x05]);

        Assert.That(reader.TryRead(out _, out _), Is.False);
        Assert.That(reader.TryReadInt32(out _), Is.False);
        Assert.That(reader.TryEnd(), Is.False);
        Assert.That(reader.Error, Is.EqualTo(SnmpParseError.IndefiniteLength));
    }

    [Test]
    public void Octets_after_the_last_field_are_an_error()
    {
        var reader = new BerReader([0x05, 0x00, 0x05]);

        Assert.That(reader.TryRead(0x05, out _), Is.True);
        Assert.That(reader.TryEnd(), Is.False);
        Assert.That(reader.Error, Is.EqualTo(SnmpParseError.TrailingOctets));
    }

    [TestCase(new byte[] { 0x00 }, 0)]
    [TestCase(new byte[] { 0x7F }, 127)]
    [TestCase(new byte[] { 0x80 }, -128)]
    [TestCase(new byte[] { 0x00, 0x80 }, 128)]
    [TestCase(new byte[] { 0xFF, 0x7F }, -129)]
    [TestCase(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }, int.MaxValue)]
    [TestCase(new byte[] { 0x80, 0x00, 0x00, 0x00 }, int.MinValue)]
    [TestCase(new byte[] { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05 }, 5, Description = "padded")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE }, -2, Description = "padded")]
    public void Signed_integers_are_read_padded_or_not(byte[] content, int expected)
    {
        Assert.That(BerInteger.TryReadInt32(content, out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 0x00, 0x80, 0x00, 0x00, 0x00 })]
    [TestCase(new byte[] { 0xFF, 0x7F, 0xFF, 0xFF, 0xFF })]
    [TestCase(new byte[] { 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0x05 })]
    public void Integers_out_of_range_are_refused(byte[] content)
    {
        Assert.That(BerInteger.TryReadInt32(content, out _), Is.False);

        var reader = new BerReader([0x02, (byte)content.Length, .. content]);
        Assert.That(reader.TryReadInt32(out _), Is.False);
        Assert.That(reader.Error, Is.EqualTo(SnmpParseError.InvalidInteger));
    }

    [TestCase(new byte[] { 0x00 }, 0u)]
    [TestCase(new byte[] { 0x00, 0xFF, 0xFF, 0xFF, 0xFF }, 4294967295u)]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, 4294967294u, Description = "without the zero octet in front")]
    [TestCase(new byte[] { 0xFE }, 4294967294u, Description = "negative, in one octet")]
    public void Unsigned_integers_are_read_also_when_they_look_negative(byte[] content, uint expected)
    {
        Assert.That(BerInteger.TryReadUInt32(content, out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase(new byte[] { 0x01, 0x00, 0x00, 0x00, 0x00 })]
    [TestCase(new byte[] { 0xFF, 0x00, 0x00, 0x00, 0x00 })]
    [TestCase(new byte[] { })]
    public void Unsigned_integers_of_more_than_32_bits_are_refused(byte[] content) =>
        Assert.That(BerInteger.TryReadUInt32(content, out _), Is.False);

    [TestCase(new byte[] { 0x00 }, 0ul)]
    [TestCase(new byte[] { 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE }, 18446744073709551614ul)]
    [TestCase(new byte[] { 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE }, 18446744073709551614ul, Description = "padded")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE }, 18446744073709551614ul, Description = "without the zero octet in front")]
    [TestCase(new byte[] { 0x00, 0x80 }, 128ul)]
    [TestCase(new byte[] { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05 }, 5ul, Description = "padded")]
    public void Counters_of_64_bits_are_read(byte[] content, ulong expected)
    {
        Assert.That(BerInteger.TryReadUInt64(content, out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase(new byte[] { 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 })]
    [TestCase(new byte[] { 0xFF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 })]
    [TestCase(new byte[] { })]
    public void Integers_of_more_than_64_bits_are_refused(byte[] content) =>
        Assert.That(BerInteger.TryReadUInt64(content, out _), Is.False);
}
