using System.Diagnostics.CodeAnalysis;
using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>
/// The parsers of indexes, to be put together: <c>IndexParser.IPv4.Then(IndexParser.Integer)</c> reads an address and a number. RFC 2578 section 7.7 has how indexes are made of
/// values.
/// </summary>
public static class IndexParser
{
    /// <summary>A number of one arc.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "INTEGER is what SMIv2 calls it.")]
    public static IndexParser<IntegerArc, uint> Integer => default;

    /// <summary>An IPv4 address of four arcs, as a number whose highest octet is the address's first.</summary>
    public static IndexParser<IPv4Arcs, uint> IPv4 => default;

    /// <summary>An InetAddressType and an InetAddress (RFC 4001): a kind, a length, and the octets. Makes an object.</summary>
    public static IndexParser<InetAddressArcs, IPAddress> InetAddress => default;

    /// <summary>A MAC address of six arcs, as a number whose highest octet of six is the address's first.</summary>
    public static IndexParser<MacArcs, ulong> Mac => default;

    /// <summary>A length, and as many octets; up to 32.</summary>
    public static IndexParser<LengthPrefixedArcs, ShortOctets> LengthPrefixed => default;

    /// <summary>All octets that are left (IMPLIED); up to 32.</summary>
    public static IndexParser<ImpliedArcs, ShortOctets> Implied => default;

    /// <summary>A length, and as many arcs: an OBJECT IDENTIFIER. Makes an object.</summary>
    public static IndexParser<LengthPrefixedOid, OidIndex> Oid => default;

    /// <summary>All arcs that are left. Makes an object.</summary>
    public static IndexParser<RestOfIndex, OidIndex> Rest => default;

    /// <summary>A length of 8 or 11, and a DateAndTime (RFC 2579); one without a zone is taken for UTC.</summary>
    public static IndexParser<DateTimeArcs, DateTimeOffset> DateTime => default;

    /// <summary>A string of a fixed length.</summary>
    /// <param name="length">1 to 32 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public static IndexParser<FixedArcs, ShortOctets> Fixed(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ShortOctets.MaxLength);
        return new(new FixedArcs(length));
    }
}
