using System.Diagnostics.CodeAnalysis;
using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>The parsers of values, to be mapped, and given a default where an agent has no value.</summary>
public static class ValueParser
{
    /// <summary>A whole number of any type, up to 63 bits and a sign.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "INTEGER is what SMIv2 calls it.")]
    public static ValueParser<IntegerValue, long> Integer => default;

    /// <summary>A number of an unsigned type: Counter32, Gauge32, TimeTicks or Counter64, all 64 bits.</summary>
    public static ValueParser<CounterValue, ulong> Counter => default;

    /// <summary>A TimeTicks.</summary>
    public static ValueParser<TimeTicksValue, TimeSpan> TimeTicks => default;

    /// <summary>Octets, up to 32.</summary>
    public static ValueParser<OctetsValue, ShortOctets> Octets => default;

    /// <summary>An OCTET STRING as text in UTF-8. Makes an object.</summary>
    public static ValueParser<TextValue, string> Text => default;

    /// <summary>An OCTET STRING of six octets, as a number whose highest octet of six is the first.</summary>
    public static ValueParser<MacValue, ulong> Mac => default;

    /// <summary>An IpAddress, as a number whose highest octet is the address's first.</summary>
    public static ValueParser<IPv4Value, uint> IPv4 => default;

    /// <summary>An IpAddress, or an OCTET STRING of 4 or 16 octets. Makes an object.</summary>
    public static ValueParser<AddressValue, IPAddress> Address => default;

    /// <summary>An OBJECT IDENTIFIER.</summary>
    public static ValueParser<OidValue, Oid> Oid => default;

    /// <summary>A DateAndTime (RFC 2579); one without a zone is taken for UTC.</summary>
    public static ValueParser<DateTimeValue, DateTimeOffset> DateTime => default;

    /// <summary>A floating-point number in an Opaque, or any whole number.</summary>
    public static ValueParser<FloatingValue, double> Floating => default;

    /// <summary>Any value, exceptions too. Makes an object unless it is a number.</summary>
    public static ValueParser<AnyValue, SnmpValue> Any => default;
}
