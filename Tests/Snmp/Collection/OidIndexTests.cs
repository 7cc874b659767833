using Connections.Snmp.Collection;

namespace Connections.Snmp.Tests.Collection;

public sealed class OidIndexTests
{
    [TestCase("")]
    [TestCase("0")]
    [TestCase("4294967295")]
    [TestCase("10.0.0.1")]
    [TestCase("5.128.16384.2097152.268435456")]
    public void An_index_is_written_as_it_was_read(string text)
    {
        var index = OidIndex.Parse(text);

        Assert.That(index.ToString(), Is.EqualTo(text));
        Assert.That(OidIndex.TryFromOctets(index.Octets, out var again) && again == index, Is.True);
    }

    [TestCase(".")]
    [TestCase("1.")]
    [TestCase("-1")]
    [TestCase("4294967296")]
    [TestCase("1.a")]
    public void A_text_that_is_none_is_refused(string text) =>
        Assert.That(() => OidIndex.Parse(text), Throws.InstanceOf<SnmpParseException>().With.Message.Contains(text));

    [TestCase("", "0")]
    [TestCase("5", "5.0")]
    [TestCase("5.4294967295", "6")]
    [TestCase("127", "128")]
    [TestCase("9.1", "10")]
    public void Indexes_are_ordered_by_their_arcs(string smaller, string larger)
    {
        Assert.That(OidIndex.Parse(smaller), Is.LessThan(OidIndex.Parse(larger)));
        Assert.That(OidIndex.Parse(larger), Is.GreaterThan(OidIndex.Parse(smaller)));
    }

    [TestCase("80")]
    [TestCase("8001")]
    [TestCase("81")]
    [TestCase("FFFFFFFFFF7F")]
    [TestCase("9080808000")]
    public void Octets_that_are_no_sub_identifiers_are_refused(string octets) =>
        Assert.That(OidIndex.TryFromOctets(Convert.FromHexString(octets), out _), Is.False);

    [Test]
    public void An_index_has_at_most_126_arcs()
    {
        Assert.That(new OidIndex(new uint[126]).Count, Is.EqualTo(126));
        Assert.That(() => new OidIndex(new uint[127]), Throws.ArgumentException);
        Assert.That(OidIndex.TryFromOctets(new byte[127], out _), Is.False);
    }

    [TestCase("1-3 3-5", "1-5")]
    [TestCase("7-9 1-3", "1-3 7-9")]
    [TestCase("1-9 2-3", "1-9")]
    [TestCase("1- 2-3", "1-")]
    [TestCase("-5 4-7", "-7")]
    [TestCase("- 4-7", "-")]
    [TestCase("5-6 5.1-5.2", "5-6")]
    public void Ranges_are_sorted_and_merged(string given, string expected) =>
        Assert.That(IndexRange.Merge(Ranges(given)), Is.EqualTo(Ranges(expected)));

    [Test]
    public void An_empty_range_is_refused() =>
        Assert.That(() => IndexRange.Parse("5", "5"), Throws.ArgumentException.With.Message.Contains("5"));

    private static IndexRange[] Ranges(string text) =>
        [.. text.Split(' ').Select(static range => range.Split('-')).Select(static ends => IndexRange.Parse(OrNull(ends[0]), OrNull(ends[1])))];

    private static string? OrNull(string end) => end.Length == 0 ? null : end;
}
