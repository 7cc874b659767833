using System.Net;
using Connections.Snmp.Collection;
using Connections.Snmp.Collection.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection.Parsing;

/// <summary>Each parser alone and put together: what it reads, and how it says that it cannot.</summary>
public sealed class ParserTests
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 28, 13, 30, 15, 500, TimeSpan.FromMinutes(-90));
    private const string MomentOctets = "07EA021C0D1E0F052D011E";

    [TestCase("4294967295", ParseFailure.None, 4_294_967_295u)]
    [TestCase("", ParseFailure.TooShort, 0u)]
    [TestCase("1.2", ParseFailure.TooLong, 1u)]
    public void An_integer_is_one_arc(string text, ParseFailure failure, uint value)
    {
        Assert.That(IndexParser.Integer.Parse(OidIndex.Parse(text).Octets, out var read), Is.EqualTo(failure));
        Assert.That(read, Is.EqualTo(value));
    }

    [TestCase("10.0.255.1", ParseFailure.None)]
    [TestCase("10.0.256.1", ParseFailure.OutOfRange)]
    [TestCase("10.0.1", ParseFailure.TooShort)]
    [TestCase("10.0.0.0.1", ParseFailure.TooLong)]
    public void An_address_is_four_octets(string text, ParseFailure failure)
    {
        Assert.That(IndexParser.IPv4.Parse(OidIndex.Parse(text).Octets, out var address), Is.EqualTo(failure));
        if (failure == ParseFailure.None)
        {
            Assert.That(address, Is.EqualTo(0x0A00FF01));
        }
    }

    [TestCase("1.4.10.1.2.3", "10.1.2.3")]
    [TestCase("2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1", "fe80::1")]
    [TestCase("3.8.10.1.2.3.0.0.0.9", "10.1.2.3")]
    [TestCase("4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.7", "fe80::1%7")]
    public void An_internet_address_tells_its_kind(string text, string address)
    {
        Assert.That(IndexParser.InetAddress.Parse(OidIndex.Parse(text).Octets, out var read), Is.EqualTo(ParseFailure.None));
        Assert.That(read, Is.EqualTo(IPAddress.Parse(address)));
        Assert.That(IndexParser.InetAddress.Parse(OidIndex.Parse("1.5.10.1.2.3.4").Octets, out _), Is.EqualTo(ParseFailure.OutOfRange));
    }

    [Test]
    public void Strings_are_fixed_prefixed_or_implied()
    {
        Assert.That(IndexParser.Fixed(3).Parse(OidIndex.Parse("97.98.99").Octets, out var @fixed), Is.EqualTo(ParseFailure.None));
        Assert.That(IndexParser.LengthPrefixed.Parse(OidIndex.Parse("2.97.98").Octets, out var prefixed), Is.EqualTo(ParseFailure.None));
        Assert.That(IndexParser.Implied.Parse(OidIndex.Parse("97.98.99.100").Octets, out var implied), Is.EqualTo(ParseFailure.None));

        Assert.That((@fixed.ToText(), prefixed.ToText(), implied.ToText()), Is.EqualTo(("abc", "ab", "abcd")));
        Assert.That(prefixed.ToString(), Is.EqualTo("61:62"));
        Assert.That(IndexParser.LengthPrefixed.Parse(OidIndex.Parse("3.97.98").Octets, out _), Is.EqualTo(ParseFailure.TooShort));
        Assert.That(IndexParser.LengthPrefixed.Parse(OidIndex.Parse("33.97").Octets, out _), Is.EqualTo(ParseFailure.OutOfRange));
        Assert.That(IndexParser.Implied.Parse(new OidIndex(new uint[33]).Octets, out _), Is.EqualTo(ParseFailure.TooLong));
    }

    [Test]
    public void An_oid_has_its_length_before_it_or_is_the_rest()
    {
        Assert.That(IndexParser.Oid.Then(IndexParser.Integer).Parse(OidIndex.Parse("3.9.8.7.5").Octets, out var both), Is.EqualTo(ParseFailure.None));
        Assert.That(IndexParser.Integer.Then(IndexParser.Rest).Parse(OidIndex.Parse("1.2.3").Octets, out var rest), Is.EqualTo(ParseFailure.None));

        Assert.That((both.First.ToString(), both.Second), Is.EqualTo(("9.8.7", 5u)));
        Assert.That(rest.Second.ToString(), Is.EqualTo("2.3"));
        Assert.That(IndexParser.Oid.Parse(OidIndex.Parse("4000000000.1").Octets, out _), Is.EqualTo(ParseFailure.OutOfRange));
    }

    [Test]
    public void A_date_is_told_by_its_octets()
    {
        var octets = Convert.FromHexString(MomentOctets);
        var index = new OidIndex([11, .. octets.Select(static octet => (uint)octet)]);

        Assert.That(IndexParser.DateTime.Parse(index.Octets, out var fromIndex), Is.EqualTo(ParseFailure.None));
        Assert.That(ValueParser.DateTime.Parse(SnmpType.OctetString, octets, out var fromValue), Is.EqualTo(ParseFailure.None));
        Assert.That(ValueParser.DateTime.Parse(SnmpType.OctetString, octets.AsSpan(0, 8), out var withoutZone), Is.EqualTo(ParseFailure.None));

        Assert.That((fromIndex, fromValue, withoutZone), Is.EqualTo((Moment, Moment, new DateTimeOffset(Moment.DateTime, TimeSpan.Zero))));
    }

    [TestCase("07EA021D0D1E0F05")]
    [TestCase("0000010100000000")]
    [TestCase("07EA0D0100000000")]
    [TestCase("07EA010118000000")]
    [TestCase("07EA01010000000A")]
    [TestCase("07EA01010000000000")]
    [TestCase("07EA0101000000002A0000")]
    [TestCase("07EA0101000000002B0E3B")]
    [TestCase("270F0C1F173B3C09")]
    [TestCase("000101010000000 02B0100")]
    public void What_is_no_date_is_refused(string octets) =>
        Assert.That(ValueParser.DateTime.Parse(SnmpType.OctetString, Convert.FromHexString(octets.Replace(" ", "")), out _), Is.EqualTo(ParseFailure.OutOfRange));

    [Test]
    public void Parsers_repeat_default_and_map()
    {
        var addresses = IndexParser.IPv4.Many();
        var optional = IndexParser.Integer.Then(IndexParser.Integer.Default(7));
        var even = IndexParser.Integer.Map<Half, uint>();

        Assert.That(addresses.Parse(OidIndex.Parse("10.0.0.1.10.0.0.2").Octets, out var two), Is.EqualTo(ParseFailure.None));
        Assert.That(two.Span.ToArray(), Is.EqualTo(new[] { 0x0A000001u, 0x0A000002u }));
        Assert.That(addresses.Parse(OidIndex.Parse("10.0.0.1.10").Octets, out _), Is.EqualTo(ParseFailure.TooShort));
        Assert.That(IndexParser.Integer.Many().Parse(new OidIndex(new uint[17]).Octets, out _), Is.EqualTo(ParseFailure.TooLong));
        Assert.That(optional.Parse(OidIndex.Parse("1").Octets, out var pair), Is.EqualTo(ParseFailure.None));
        Assert.That(pair, Is.EqualTo((1u, 7u)));
        Assert.That(even.Parse(OidIndex.Parse("8").Octets, out var half), Is.EqualTo(ParseFailure.None));
        Assert.That(half, Is.EqualTo(4));
        Assert.That(even.Parse(OidIndex.Parse("9").Octets, out _), Is.EqualTo(ParseFailure.Rejected));
    }

    [Test]
    public void Values_are_read_by_their_type()
    {
        Assert.That(Read(ValueParser.Integer, SnmpValue.Integer32(-70_000)), Is.EqualTo((ParseFailure.None, -70_000L)));
        Assert.That(Read(ValueParser.Integer, SnmpValue.Gauge32(uint.MaxValue)), Is.EqualTo((ParseFailure.None, (long)uint.MaxValue)));
        Assert.That(Read(ValueParser.Counter, SnmpValue.Counter64(ulong.MaxValue)), Is.EqualTo((ParseFailure.None, ulong.MaxValue)));
        Assert.That(Read(ValueParser.Counter, SnmpValue.Counter64(5)), Is.EqualTo((ParseFailure.None, 5UL)));
        Assert.That(Read(ValueParser.Counter, SnmpValue.Integer32(5)).Failure, Is.EqualTo(ParseFailure.WrongType));
        Assert.That(Read(ValueParser.Counter, SnmpValue.NoSuchInstance).Failure, Is.EqualTo(ParseFailure.NoValue));
        Assert.That(Read(ValueParser.TimeTicks, SnmpValue.TimeTicks(150)), Is.EqualTo((ParseFailure.None, TimeSpan.FromSeconds(1.5))));
        Assert.That(Read(ValueParser.Text, SnmpValue.OctetString("é")), Is.EqualTo((ParseFailure.None, "é")));
        Assert.That(Read(ValueParser.Mac, SnmpValue.OctetString([2, 0, 0, 0, 0, 9])), Is.EqualTo((ParseFailure.None, 0x020000000009UL)));
        Assert.That(Read(ValueParser.Mac, SnmpValue.OctetString("x")).Failure, Is.EqualTo(ParseFailure.TooShort));
        Assert.That(Read(ValueParser.IPv4, SnmpValue.IpAddress(IPAddress.Loopback)), Is.EqualTo((ParseFailure.None, 0x7F000001u)));
        Assert.That(Read(ValueParser.Address, SnmpValue.OctetString(IPAddress.IPv6Loopback.GetAddressBytes())), Is.EqualTo((ParseFailure.None, IPAddress.IPv6Loopback)));
        Assert.That(Read(ValueParser.Oid, SnmpValue.ObjectIdentifier(Generated.Root(1))), Is.EqualTo((ParseFailure.None, Generated.Root(1))));
        Assert.That(Read(ValueParser.Floating, SnmpValue.OpaqueDouble(1.5)), Is.EqualTo((ParseFailure.None, 1.5)));
        Assert.That(Read(ValueParser.Octets, SnmpValue.OctetString(new byte[33])).Failure, Is.EqualTo(ParseFailure.TooLong));
        Assert.That(Read(ValueParser.Any, SnmpValue.EndOfMibView), Is.EqualTo((ParseFailure.None, SnmpValue.EndOfMibView)));
        Assert.That(Read(ValueParser.Integer.Default(-1), SnmpValue.NoSuchObject), Is.EqualTo((ParseFailure.None, -1L)));
        Assert.That(Read(ValueParser.Integer.Default(-1), SnmpValue.OctetString("x")).Failure, Is.EqualTo(ParseFailure.WrongType));
        Assert.That(Read(ValueParser.Counter.Map<Whole, bool>(), SnmpValue.Gauge32(2)).Failure, Is.EqualTo(ParseFailure.Rejected));
    }

    [TestCase(5)]
    [TestCase(6)]
    public void Hostile_indexes_and_values_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var octets = new byte[40];
        var types = Enum.GetValues<SnmpType>();
        for (var round = 0; round < Thoroughness.HostileInputs / 2; round++)
        {
            random.NextBytes(octets);
            var some = octets.AsSpan(0, random.Next(octets.Length));
            var type = random.Next(10) == 0 ? (SnmpType)random.Next(256) : types[random.Next(types.Length)];
            IndexParser.InetAddress.Then(IndexParser.LengthPrefixed).Parse(some, out _);
            IndexParser.DateTime.Then(IndexParser.Oid).Then(IndexParser.Mac.Many()).Parse(some, out _);
            IndexParser.Integer.Then(IndexParser.Fixed(3)).Then(IndexParser.Rest).Parse(some, out _);
            ValueParser.Integer.Parse(type, some, out _);
            ValueParser.Counter.Parse(type, some, out _);
            ValueParser.DateTime.Parse(type, some, out _);
            ValueParser.Floating.Parse(type, some, out _);
            ValueParser.Any.Parse(type, some, out _);
            ValueParser.TimeTicks.Parse(type, some, out _);
            Assert.That(ValueParser.Address.Parse(type, some, out var address) == ParseFailure.None || address.Equals(IPAddress.None), Is.True);
        }
    }

    private static (ParseFailure Failure, T Value) Read<TParser, T>(ValueParser<TParser, T> parser, SnmpValue value)
        where TParser : struct, IValueParser<T>
    {
        var failure = parser.Parse(value.Type, MinimalBer.Of(value, new byte[MinimalBer.Scratch]), out var read);
        return (failure, read);
    }

    private readonly struct Half : IMapping<uint, uint>
    {
        public static bool TryMap(uint from, out uint to)
        {
            to = from / 2;
            return from % 2 == 0;
        }
    }

    private readonly struct Whole : IMapping<ulong, bool>
    {
        public static bool TryMap(ulong from, out bool to)
        {
            to = from == 1;
            return from < 2;
        }
    }
}
