using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>Content octets of OIDs, spelled out from X.690 section 8.19.</summary>
public sealed class OidEncodingTests
{
    [TestCase("0.0", new byte[] { 0x00 })]
    [TestCase("0.39", new byte[] { 0x27 })]
    [TestCase("1.0", new byte[] { 0x28 })]
    [TestCase("1.3.6.1", new byte[] { 0x2B, 0x06, 0x01 })]
    [TestCase("1.39", new byte[] { 0x4F })]
    [TestCase("2.0", new byte[] { 0x50 })]
    [TestCase("2.47", new byte[] { 0x7F })]
    [TestCase("2.48", new byte[] { 0x81, 0x00 })]
    [TestCase("2.100.3", new byte[] { 0x81, 0x34, 0x03 })] // the example of X.690 section 8.19.5
    [TestCase("2.999.3", new byte[] { 0x88, 0x37, 0x03 })]
    [TestCase("2.4294967295", new byte[] { 0x90, 0x80, 0x80, 0x80, 0x4F })]
    [TestCase("1.3.127", new byte[] { 0x2B, 0x7F })]
    [TestCase("1.3.128", new byte[] { 0x2B, 0x81, 0x00 })]
    [TestCase("1.3.16383", new byte[] { 0x2B, 0xFF, 0x7F })]
    [TestCase("1.3.16384", new byte[] { 0x2B, 0x81, 0x80, 0x00 })]
    [TestCase("1.3.4294967295", new byte[] { 0x2B, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F })]
    public void Octets_are_those_of_the_standard(string text, byte[] octets)
    {
        var oid = Oid.Parse(text);
        var copy = new byte[oid.EncodedLength];

        Assert.That(oid.CopyEncodedTo(copy), Is.EqualTo(octets.Length));
        Assert.That(copy, Is.EqualTo(octets));
        Assert.That(Oid.TryFromEncoded(octets, out var decoded), Is.True);
        Assert.That(decoded, Is.EqualTo(oid));
        Assert.That(EncodedOid.IsCanonical(octets), Is.True);
    }

    [TestCase("1.3.6.1", new byte[] { 0x2B, 0x80, 0x06, 0x01 })]
    [TestCase("1.3.6.1", new byte[] { 0x80, 0x2B, 0x06, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [TestCase("1.3.0", new byte[] { 0x2B, 0x80, 0x00 })]
    [TestCase("1.3.4294967295", new byte[] { 0x2B, 0x80, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F })]
    [TestCase("0.0", new byte[] { })]
    public void Padding_is_dropped_so_that_equal_oids_are_equal(string text, byte[] octets)
    {
        Assert.That(EncodedOid.IsCanonical(octets), Is.False);
        Assert.That(Oid.TryFromEncoded(octets, out var oid), Is.True);
        Assert.That(oid, Is.EqualTo(Oid.Parse(text)));
        Assert.That(oid.GetHashCode(), Is.EqualTo(Oid.Parse(text).GetHashCode()));
    }

    [TestCase(new byte[] { 0x80 }, Description = "cut within the only sub-identifier")]
    [TestCase(new byte[] { 0x2B, 0x86 }, Description = "cut within the last sub-identifier")]
    [TestCase(new byte[] { 0x2B, 0x90, 0x80, 0x80, 0x80, 0x00 }, Description = "4294967296")]
    [TestCase(new byte[] { 0x2B, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00 }, Description = "36 bits")]
    [TestCase(new byte[] { 0x90, 0x80, 0x80, 0x80, 0x50 }, Description = "2.4294967296")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, Description = "77 bits")]
    public void Octets_that_are_no_oid_are_refused(byte[] octets)
    {
        Assert.That(EncodedOid.IsCanonical(octets), Is.False);
        Assert.That(Oid.TryFromEncoded(octets, out var oid), Is.False);
        Assert.That(oid, Is.EqualTo(default(Oid)));
    }

    [Test]
    public void More_than_128_arcs_are_refused_padded_or_not()
    {
        var longest = Enumerable.Repeat((byte)1, 127).ToArray();
        byte[] tooLong = [.. longest, 1];
        byte[] padded = [0x80, .. longest];
        byte[] paddedTooLong = [0x80, .. tooLong];

        Assert.That(Oid.TryFromEncoded(longest, out var oid), Is.True);
        Assert.That(oid.Count, Is.EqualTo(128));
        Assert.That(Oid.TryFromEncoded(padded, out var same), Is.True);
        Assert.That(same, Is.EqualTo(oid));
        Assert.That(Oid.TryFromEncoded(tooLong, out _), Is.False);
        Assert.That(Oid.TryFromEncoded(paddedTooLong, out _), Is.False);
    }

    [Test]
    public void Fewer_than_two_arcs_are_sent_with_zeros_in_their_place()
    {
        var octets = new byte[1];

        Assert.That(default(Oid).CopyEncodedTo(octets), Is.EqualTo(1));
        Assert.That(octets, Is.EqualTo(new byte[] { 0 }));
        Assert.That(Oid.Parse("1").CopyEncodedTo(octets), Is.EqualTo(1));
        Assert.That(octets, Is.EqualTo(new byte[] { 0x28 }));
        Assert.That(() => Oid.Parse("1.3.6").CopyEncodedTo(octets), Throws.ArgumentException);
    }

    [Test]
    public void The_octets_of_a_datagram_are_not_kept()
    {
        var octets = Enumerable.Repeat((byte)7, 100).ToArray();
        _ = Oid.TryFromEncoded(octets, out var oid);
        octets.AsSpan().Fill(1);

        Assert.That(oid[99], Is.EqualTo(7));
    }
}
