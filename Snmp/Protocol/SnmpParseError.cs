namespace Connections.Snmp.Protocol;

/// <summary>Why octets from the network are not a message that this library understands.</summary>
public enum SnmpParseError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The octets end before the value does, or a value runs past the one that contains it.</summary>
    Truncated,

    /// <summary>A length of the indefinite form, which SNMP forbids (RFC 3417 section 8).</summary>
    IndefiniteLength,

    /// <summary>A length that no datagram can have.</summary>
    LengthTooLarge,

    /// <summary>A tag other than the one that must stand here.</summary>
    UnexpectedTag,

    /// <summary>Octets follow the last field of a message or PDU, inside it.</summary>
    TrailingOctets,

    /// <summary>The version is none of those that are read here.</summary>
    UnsupportedVersion,

    /// <summary>The PDU is none that exists in the version of its message.</summary>
    UnsupportedPdu,

    /// <summary>An integer without octets, or outside the range of its field.</summary>
    InvalidInteger,

    /// <summary>An OID that is cut short, has an arc above 4294967295, or has more than 128 arcs.</summary>
    InvalidOid,

    /// <summary>A value of a type that SMIv2 does not have.</summary>
    UnsupportedType,

    /// <summary>A value whose length its type does not allow.</summary>
    InvalidValueLength,
}
