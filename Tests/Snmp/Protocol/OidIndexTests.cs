using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

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

    [TestCase("1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.2.7.4294967295", "7.4294967295")]
    [TestCase("1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.2", "")]
    [TestCase("1.3", "1.3.6", "6")]
    [TestCase("2.999", "2.999.128", "128")]
    public void An_index_is_what_an_instance_has_after_its_root(string root, string instance, string index) =>
        Assert.That(OidIndex.Of(Oid.Parse(root), Oid.Parse(instance)).ToString(), Is.EqualTo(index));

    [TestCase("1.3.6", "1.3.7.1")]
    [TestCase("1.3.6.1", "1.3.6")]
    [TestCase("1", "1.3.6")]
    public void What_is_no_instance_of_the_root_is_refused(string root, string instance) =>
        Assert.That(() => OidIndex.Of(Oid.Parse(root), Oid.Parse(instance)), Throws.ArgumentException.With.Message.Contains(instance));

    [Test]
    public void Each_arc_is_there_at_its_position()
    {
        var index = new OidIndex(5, 16384, 4294967295);

        Assert.That(Enumerable.Range(0, index.Count).Select(position => index[position]), Is.EqualTo(new[] { 5u, 16384u, 4294967295u }));
        Assert.That(() => index[3], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => index[-1], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => default(OidIndex)[0], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Equal_arcs_make_equal_indexes()
    {
        Assert.That(new OidIndex(1, 2) == OidIndex.Parse("1.2") && new OidIndex(1, 2) != new OidIndex(1, 3), Is.True);
        Assert.That(new HashSet<OidIndex> { new(1, 2), new(1, 2), new(2, 1) }, Has.Count.EqualTo(2));
    }
}
