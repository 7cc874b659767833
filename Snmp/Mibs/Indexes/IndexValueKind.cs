namespace Connections.Snmp.Mibs.Indexes;

/// <summary>What an <see cref="IndexValue"/> is.</summary>
public enum IndexValueKind
{
    /// <summary>A number of 32 bits.</summary>
    Number,

    /// <summary>A string of octets, also text, BITS and an IpAddress.</summary>
    Octets,

    /// <summary>An OID.</summary>
    Oid,
}
