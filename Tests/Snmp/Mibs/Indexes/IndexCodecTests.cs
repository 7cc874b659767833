using System.Collections.Immutable;
using System.Net;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Snmp.Tests.Mibs.Indexes;

/// <summary>Every kind of INDEX (RFC 2578, section 7.7): values to arcs and back.</summary>
public sealed class IndexCodecTests
{
    private static readonly MibSyntax Kind = Made.Enumeration("unknown", "ipv4", "ipv6");

    private static IEnumerable<TestCaseData> Kinds =>
    [
        new(Parts(Made.Part(Made.Integer)), new IndexValue[] { 7u }, "7"),
        new(Parts(Made.Part(Made.Unsigned)), new IndexValue[] { uint.MaxValue }, "4294967295"),
        new(Parts(Made.Part(Made.Text)), new IndexValue[] { "ab" }, "2.97.98"),
        new(Parts(Made.Part(Made.Text)), new IndexValue[] { "" }, "0"),
        new(Parts(Made.Part(Made.Mac)), new[] { IndexValue.FromOctets([0, 1, 2, 3, 254, 255]) }, "0.1.2.3.254.255"),
        new(Parts(Made.Part(Made.Text, isImplied: true)), new IndexValue[] { "ab" }, "97.98"),
        new(Parts(Made.Part(Made.ObjectId)), new IndexValue[] { Oid.Parse("1.3.6") }, "3.1.3.6"),
        new(Parts(Made.Part(Made.ObjectId)), new IndexValue[] { new Oid(1) }, "1.1"),
        new(Parts(Made.Part(Made.ObjectId)), new IndexValue[] { default(Oid) }, "0"),
        new(Parts(Made.Part(Made.ObjectId, isImplied: true)), new IndexValue[] { Oid.Parse("1.3.6") }, "1.3.6"),
        new(Parts(Made.Part(Made.Address)), new IndexValue[] { IPAddress.Parse("192.0.2.1") }, "192.0.2.1"),
        new(Parts(Made.Part(Kind), Made.Part(Made.Inet)), new IndexValue[] { 2u, IPAddress.Parse("192.0.2.1") }, "2.4.192.0.2.1"),
        new(Parts(Made.Part(Made.Ticks), Made.Part(Made.Integer)), new IndexValue[] { 100u, 3u }, "100.3"),
        new(Parts(Made.Part(Made.Integer), Made.Part(Made.Text), Made.Part(Made.Mac), Made.Part(Made.Text, isImplied: true)),
            new IndexValue[] { 3u, "public", IndexValue.FromOctets([1, 2, 3, 4, 5, 6]), "x" }, "3.6.112.117.98.108.105.99.1.2.3.4.5.6.120"),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void Values_become_arcs_and_arcs_values(ImmutableArray<MibIndexColumn> parts, IndexValue[] values, string arcs)
    {
        Assert.That(IndexCodec.Encode(parts, values), Is.EqualTo(OidIndex.Parse(arcs)));
        Assert.That(IndexCodec.TryDecode(parts, OidIndex.Parse(arcs), out var decoded), Is.True);
        Assert.That(decoded.Select(static part => part.Value), Is.EqualTo(values));
        Assert.That(decoded.Select(static part => part.Column), Is.EqualTo(parts.Select(static part => part.Column)));
    }

    private static IEnumerable<TestCaseData> Malformed =>
    [
        new(Parts(Made.Part(Made.Integer)), ""),
        new(Parts(Made.Part(Made.Integer)), "1.2"),
        new(Parts(Made.Part(Made.Integer)), "4294967295"),
        new(Parts(Made.Part(Made.Text)), "3.97.98"),
        new(Parts(Made.Part(Made.Text)), "1.256"),
        new(Parts(Made.Part(Made.Text)), "4294967295.1"),
        new(Parts(Made.Part(Made.Mac)), "1.2.3.4.5"),
        new(Parts(Made.Part(Made.Address)), "192.0.2"),
        new(Parts(Made.Part(Made.Address)), "192.0.2.256"),
        new(Parts(Made.Part(Made.ObjectId)), "2.3.1"),
        new(Parts(Made.Part(Made.ObjectId)), "5.1.3"),
        new(Parts(Made.Part(new MibSyntax { Type = SnmpType.Counter64, TypeName = "Counter64" })), "1"),
        new(Parts(), "1"),
    ];

    [TestCaseSource(nameof(Malformed))]
    public void An_index_that_is_not_as_its_table_has_it_has_no_values(ImmutableArray<MibIndexColumn> parts, string arcs)
    {
        Assert.That(IndexCodec.TryDecode(parts, OidIndex.Parse(arcs), out var values), Is.False);
        Assert.That(values, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Refused =>
    [
        new(Parts(Made.Part(Made.Integer)), Array.Empty<IndexValue>(), "1 parts"),
        new(Parts(Made.Part(Made.Integer)), new IndexValue[] { "one" }, "Integer32"),
        new(Parts(Made.Part(Made.Integer)), new IndexValue[] { uint.MaxValue }, "Integer32"),
        new(Parts(Made.Part(Made.Mac)), new IndexValue[] { "abc" }, "of 6 octets"),
        new(Parts(Made.Part(Made.Address)), new IndexValue[] { IPAddress.IPv6Loopback }, "IpAddress"),
        new(Parts(Made.Part(Made.Text)), new IndexValue[] { new string('a', 126) }, "127 arcs"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void A_value_that_is_not_of_its_part_is_refused(ImmutableArray<MibIndexColumn> parts, IndexValue[] values, string message) =>
        Assert.That(() => IndexCodec.Encode(parts, values), Throws.TypeOf<SnmpParseException>().With.Message.Contains(message));

    [Test]
    public void A_value_of_one_kind_is_none_of_another() => Assert.Multiple(() =>
    {
        Assert.That(() => IndexValue.FromNumber(1).Oid, Throws.InvalidOperationException);
        Assert.That(() => IndexValue.FromText("1").Number, Throws.InvalidOperationException);
        Assert.That(() => IndexValue.FromOid(new Oid(1)).Octets.Length, Throws.InvalidOperationException);
        Assert.That(IndexValue.FromNumber(1), Is.Not.EqualTo(IndexValue.FromText("1")));
    });

    [FsCheck.NUnit.Property(MaxTest = 5000, Arbitrary = [typeof(IndexCodecTests)])]
    public void What_is_encoded_is_decoded_to_the_same(MadeIndex made)
    {
        var index = IndexCodec.Encode(made.Parts, made.Values);

        Assert.That(IndexCodec.TryDecode(made.Parts, index, out var decoded), Is.True);
        Assert.That(decoded.Select(static part => part.Value), Is.EqualTo(made.Values));
    }

    [FsCheck.NUnit.Property(MaxTest = 5000, Arbitrary = [typeof(IndexCodecTests)])]
    public void Arcs_of_any_kind_have_no_values_or_those_that_lead_back_to_them(MadeIndex made, uint[] arcs)
    {
        var index = new OidIndex([.. arcs.Select(static arc => arc % 300).Take(OidIndex.MaxArcs)]);

        if (IndexCodec.TryDecode(made.Parts, index, out var decoded))
        {
            Assert.That(IndexCodec.Encode(made.Parts, [.. decoded.Select(static part => part.Value)]), Is.EqualTo(index));
        }
    }

    public static Arbitrary<MadeIndex> MadeIndexes()
    {
        var octets = Gen.Choose(0, 12).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, 255).Select(static octet => (byte)octet), count));
        var arcs = Gen.Choose(0, 6).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, 39).Select(static arc => (uint)arc), count));
        var oids = arcs.Select(static arcs => new Oid([.. arcs.Select((arc, i) => i == 0 ? arc % 3 : arc)]));
        var kinds = Gen.OneOf(
            Gen.Choose(0, int.MaxValue).Select(static number => (Made.Part(Made.Integer), (IndexValue)(uint)number)),
            Gen.Choose(int.MinValue, int.MaxValue).Select(static number => (Made.Part(Made.Unsigned), (IndexValue)(uint)number)),
            octets.Select(static value => (Made.Part(Made.Text), IndexValue.FromOctets(value))),
            octets.Select(static value => (Made.Part(Made.Mac), IndexValue.FromOctets([.. value.Concat(new byte[6]).Take(6)]))),
            octets.Select(static value => (Made.Part(Made.Address), IndexValue.FromOctets([.. value.Concat(new byte[4]).Take(4)]))),
            oids.Select(static oid => (Made.Part(Made.ObjectId), IndexValue.FromOid(oid))));
        var lasts = Gen.OneOf(
            octets.Select(static value => (Made.Part(Made.Text, isImplied: true), IndexValue.FromOctets(value))),
            oids.Select(static oid => (Made.Part(Made.ObjectId, isImplied: true), IndexValue.FromOid(oid))),
            kinds);
        var indexes =
            from first in Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(kinds, count))
            from last in lasts
            select new MadeIndex([.. first.Append(last).Select(static part => part.Item1)], [.. first.Append(last).Select(static part => part.Item2)]);
        return indexes.ToArbitrary();
    }

    private static ImmutableArray<MibIndexColumn> Parts(params MibIndexColumn[] parts) => [.. parts];

    public sealed record MadeIndex(ImmutableArray<MibIndexColumn> Parts, IndexValue[] Values)
    {
        public override string ToString() => string.Join(", ", Values);
    }
}
