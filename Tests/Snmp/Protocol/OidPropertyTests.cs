using Connections.Snmp.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>The OID on its encoded octets against the plainest implementation there is, on arrays of arcs.</summary>
public sealed class OidPropertyTests
{
    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(OidPropertyTests)])]
    public void The_order_is_that_of_the_arcs(ArcPair pair)
    {
        var left = new Oid(pair.Left);
        var right = new Oid(pair.Right);
        var expected = pair.Left.AsSpan().SequenceCompareTo(pair.Right);

        Assert.That(Math.Sign(left.CompareTo(right)), Is.EqualTo(Math.Sign(expected)));
        Assert.That(Math.Sign(right.CompareTo(left)), Is.EqualTo(-Math.Sign(expected)));
        Assert.That(left.Equals(right), Is.EqualTo(expected == 0));
        Assert.That(left.StartsWith(right), Is.EqualTo(pair.Left.AsSpan().StartsWith(pair.Right)));
        Assert.That(right.StartsWith(left), Is.EqualTo(pair.Right.AsSpan().StartsWith(pair.Left)));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(OidPropertyTests)])]
    public void Arcs_text_and_octets_lead_back_to_the_same_oid(ArcPair pair)
    {
        var oid = new Oid(pair.Left);
        var octets = new byte[oid.EncodedLength];
        var text = string.Join('.', pair.Left);
        oid.CopyEncodedTo(octets);

        Assert.That(oid.ToString(), Is.EqualTo(text));
        Assert.That(oid.Count, Is.EqualTo(pair.Left.Length));
        if (pair.Left.Length == 0)
        {
            return;
        }

        Assert.That(Oid.Parse(text), Is.EqualTo(oid));
        Assert.That(Oid.TryFromEncoded(octets, out var decoded), Is.True);
        Assert.That(decoded, Is.EqualTo(pair.Left.Length == 1 ? oid.Append(0) : oid));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(OidPropertyTests)])]
    public void Append_joins_and_parent_takes_off(ArcPair pair)
    {
        var whole = new Oid(pair.Left);

        for (var split = 0; split <= pair.Left.Length; split++)
        {
            var root = new Oid(pair.Left.AsSpan(0, split));
            Assert.That(root.Append(pair.Left.AsSpan(split)), Is.EqualTo(whole));
            if (split > 0)
            {
                Assert.That(root.Parent, Is.EqualTo(new Oid(pair.Left.AsSpan(0, split - 1))));
            }
        }
    }

    public static Arbitrary<ArcPair> ArcPairs()
    {
        // The edges of each encoded length, and the neighbours of an arc, are where a comparison of octets could go wrong.
        var arc = Gen.OneOf(
            Gen.Choose(0, 3).Select(value => (uint)value),
            Gen.Choose(0, int.MaxValue).Select(value => (uint)value),
            Gen.Elements(39u, 40u, 79u, 80u, 127u, 128u, 16383u, 16384u, 2097151u, 2097152u, 268435455u, 268435456u, 4294967294u, 4294967295u));
        var pairs =
            from arcs in Gen.Choose(0, 40).SelectMany(count => Gen.ArrayOf(arc, count))
            from shared in Gen.Choose(0, arcs.Length)
            from tail in Gen.Choose(0, 3).SelectMany(count => Gen.ArrayOf(arc, count))
            select new ArcPair(Valid(arcs), Valid([.. arcs.AsSpan(0, shared), .. tail]));
        return pairs.ToArbitrary();
    }

    private static uint[] Valid(uint[] arcs)
    {
        var valid = arcs.ToArray();
        if (valid.Length > 0)
        {
            valid[0] %= 3;
        }

        if (valid.Length > 1 && valid[0] < 2)
        {
            valid[1] %= 40;
        }

        return valid;
    }

    public sealed record ArcPair(uint[] Left, uint[] Right)
    {
        public override string ToString() => $"{string.Join('.', Left)} and {string.Join('.', Right)}";
    }
}
