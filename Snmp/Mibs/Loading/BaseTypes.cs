using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>The types that SMIv1 and SMIv2 are made of (RFC 1155, section 3.2; RFC 2578, section 7.1).</summary>
internal static class BaseTypes
{
    private static readonly Dictionary<string, MibSyntax> Types = new MibSyntax[]
    {
        Of("INTEGER", SnmpType.Integer32),
        Of("Integer32", SnmpType.Integer32),
        Of("Unsigned32", SnmpType.Gauge32),
        Of("UInteger32", SnmpType.Gauge32),
        Of("Gauge32", SnmpType.Gauge32),
        Of("Gauge", SnmpType.Gauge32),
        Of("Counter32", SnmpType.Counter32),
        Of("Counter", SnmpType.Counter32),
        Of("Counter64", SnmpType.Counter64),
        Of("TimeTicks", SnmpType.TimeTicks),
        Of("IpAddress", SnmpType.IpAddress),
        Of("NetworkAddress", SnmpType.IpAddress),
        Of("Opaque", SnmpType.Opaque),
        Of("OCTET STRING", SnmpType.OctetString),
        Of("NsapAddress", SnmpType.OctetString),
        Of("OBJECT IDENTIFIER", SnmpType.ObjectIdentifier),
        Of("ObjectName", SnmpType.ObjectIdentifier),
        Of("NULL", SnmpType.Null),
        Of("BITS", SnmpType.OctetString) with { IsBits = true },
    }.ToDictionary(static type => type.TypeName, StringComparer.Ordinal);

    internal static MibSyntax? Find(string name) => Types.GetValueOrDefault(name);

    /// <summary>The type that a name in another case, or with hyphens in it, was meant to be.</summary>
    internal static MibSyntax? Guess(string name) =>
        Types.Values.FirstOrDefault(type => string.Equals(type.TypeName, name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    /// <summary>What MIN and MAX mean.</summary>
    internal static MibRange RangeOf(SnmpType type) => type switch
    {
        SnmpType.Integer32 => new MibRange(int.MinValue, int.MaxValue),
        SnmpType.Counter64 => new MibRange(0, ulong.MaxValue),
        SnmpType.OctetString or SnmpType.Opaque => new MibRange(0, ushort.MaxValue),
        _ => new MibRange(0, uint.MaxValue),
    };

    private static MibSyntax Of(string name, SnmpType type) => new() { TypeName = name, Type = type };
}
