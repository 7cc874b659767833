using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class OidTests
{
    private static readonly uint[] Shortest = [1, 3, 6, 1];
    private static readonly uint[] Long = [1, 3, 6, 1, 4, 1, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295];

    [Test]
    public void An_oid_takes_32_bytes() => Assert.That(Unsafe.SizeOf<Oid>(), Is.EqualTo(32));

    [Test]
    public void Arcs_come_back_as_they_were_given([Values] bool fitsInline)
    {
        var arcs = fitsInline ? Shortest : Long;
        var oid = new Oid(arcs);
        var copy = new uint[oid.Count];

        Assert.That(oid.CopyTo(copy), Is.EqualTo(arcs.Length));
        Assert.That(copy, Is.EqualTo(arcs));
        Assert.That(Enumerable.Range(0, oid.Count).Select(index => oid[index]), Is.EqualTo(arcs));
        Assert.That(() => oid[oid.Count], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => oid[-1], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => oid.CopyTo(new uint[arcs.Length - 1]), Throws.ArgumentException.With.Message.Contains($"{arcs.Length} arcs"));
    }

    [Test]
    public void The_edge_between_inline_and_array_is_invisible()
    {
        for (var count = 20; count <= 30; count++)
        {
            var arcs = Enumerable.Repeat(5u, count).Prepend(3u).Prepend(1u).ToArray();
            var oid = new Oid(arcs);

            Assert.That(oid.Count, Is.EqualTo(arcs.Length));
            Assert.That(oid.EncodedLength, Is.EqualTo(arcs.Length - 1));
            Assert.That(oid, Is.EqualTo(new Oid(arcs)));
            Assert.That(oid.GetHashCode(), Is.EqualTo(new Oid(arcs).GetHashCode()));
            Assert.That(oid.Parent, Is.EqualTo(new Oid(arcs.AsSpan(0, arcs.Length - 1))));
            Assert.That(oid.Append(9).Parent, Is.EqualTo(oid));
            Assert.That(oid.Append(9), Is.GreaterThan(oid));
        }
    }

    [Test]
    public void Arcs_that_break_a_rule_are_refused()
    {
        Assert.That(() => new Oid(3), Throws.ArgumentException.With.Message.Contains("must be 0, 1 or 2"));
        Assert.That(() => new Oid(1, 40), Throws.ArgumentException.With.Message.Contains("at most 39"));
        Assert.That(() => new Oid(1).Append(40), Throws.ArgumentException.With.Message.Contains("at most 39"));
        Assert.That(() => new Oid(new uint[129]), Throws.ArgumentException.With.Message.Contains("more than 128"));
    }

    [Test]
    public void Parents_lead_to_the_oid_without_arcs()
    {
        Assert.That(Oid.Parse("1.3.4294967295").Parent, Is.EqualTo(Oid.Parse("1.3")));
        Assert.That(Oid.Parse("1.3").Parent, Is.EqualTo(Oid.Parse("1")));
        Assert.That(Oid.Parse("2.4294967295").Parent, Is.EqualTo(Oid.Parse("2")));
        Assert.That(Oid.Parse("1").Parent, Is.EqualTo(default(Oid)));
        Assert.That(() => default(Oid).Parent, Throws.InvalidOperationException);
    }

    [Test]
    public void Appending_starts_from_any_number_of_arcs()
    {
        Assert.That(default(Oid).Append(1, 3, 6), Is.EqualTo(Oid.Parse("1.3.6")));
        Assert.That(Oid.Parse("1").Append(3, 6), Is.EqualTo(Oid.Parse("1.3.6")));
        Assert.That(Oid.Parse("2").Append(4294967295), Is.EqualTo(Oid.Parse("2.4294967295")));
        Assert.That(Oid.Parse("1.3").Append(), Is.EqualTo(Oid.Parse("1.3")));
    }

    [TestCase("1.3.6.1.2", "1.3.6.1.2", true)]
    [TestCase("1.3.6.1.2.1", "1.3.6.1.2", true)]
    [TestCase("1.3.6.1", "1.3.6.1.2", false)]
    [TestCase("1.3.6.1.20", "1.3.6.1.2", false)]
    [TestCase("1.3.6.1.257", "1.3.6.1.2", false)]
    [TestCase("1.3.6", "1", true)]
    [TestCase("1.3.6", "2", false)]
    [TestCase("0.39", "0", true)]
    [TestCase("2.999", "2", true)]
    [TestCase("2.0", "1", false)]
    [TestCase("1", "1", true)]
    [TestCase("1", "1.0", false)]
    [TestCase("1", "2", false)]
    public void An_oid_starts_with_its_roots_only(string oid, string root, bool expected) =>
        Assert.That(Oid.Parse(oid).StartsWith(Oid.Parse(root)), Is.EqualTo(expected));

    [Test]
    public void The_oid_without_arcs_is_the_root_of_all()
    {
        Assert.That(Oid.Parse("1.3.6").StartsWith(default), Is.True);
        Assert.That(Oid.Parse("1").StartsWith(default), Is.True);
        Assert.That(default(Oid).StartsWith(default), Is.True);
        Assert.That(default(Oid).StartsWith(Oid.Parse("0")), Is.False);
        Assert.That(default(Oid).StartsWith(Oid.Parse("0.0")), Is.False);
        Assert.That(default(Oid).Count, Is.Zero);
        Assert.That(default(Oid).IsEmpty, Is.True);
    }

    [Test]
    public void A_single_arc_comes_before_all_that_it_begins_and_differs_from_them()
    {
        Assert.That(Oid.Parse("1"), Is.LessThan(Oid.Parse("1.0")).And.LessThan(Oid.Parse("1.0.0")).And.GreaterThan(Oid.Parse("0.39.7")));
        Assert.That(Oid.Parse("1"), Is.Not.EqualTo(Oid.Parse("1.0")));
        Assert.That(Oid.Parse("1").Count, Is.EqualTo(1));
    }

    [Test]
    public void Operators_agree_with_the_order()
    {
        var low = Oid.Parse("1.3.6.127");
        var high = Oid.Parse("1.3.6.128");

        Assert.That(low < high && low <= high && high > low && high >= low && low != high, Is.True);
        Assert.That(low > high || low >= high || high < low || high <= low || low == high, Is.False);
        Assert.That(low == Oid.Parse("1.3.6.127") && low <= Oid.Parse("1.3.6.127") && low >= Oid.Parse("1.3.6.127"), Is.True);
        Assert.That(((IComparable)low).CompareTo(null), Is.Positive);
        Assert.That(((IComparable)low).CompareTo(high), Is.Negative);
        Assert.That(() => ((IComparable)low).CompareTo("1.3"), Throws.ArgumentException);
    }
}
