namespace Connections.Snmp.Collection;

/// <summary>Why octets are not a block that this library reads.</summary>
public enum ResultBlockError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The octets end before the block does.</summary>
    Truncated,

    /// <summary>The octets do not begin as a block does.</summary>
    NotABlock,

    /// <summary>The major version, or a flag that a reader must know, is of a later time.</summary>
    UnsupportedVersion,

    /// <summary>The block is shorter than its header or larger than <see cref="ResultBlock.MaxLength"/>, as it says or once it is unpacked.</summary>
    InvalidLength,

    /// <summary>The checksum is that of other octets: the block was changed or cut on its way.</summary>
    WrongChecksum,

    /// <summary>The compressed content cannot be unpacked to the length that the header gives.</summary>
    InvalidCompression,

    /// <summary>A section runs past the block, comes twice, or is missing.</summary>
    InvalidSection,

    /// <summary>A run or a record runs past what contains it, or their number is not what it should be.</summary>
    InvalidRecord,

    /// <summary>The shapes, the requests or the outcomes are malformed, or refer to what is not there.</summary>
    InvalidTable,

    /// <summary>A record's index, type or value is none that SNMP has.</summary>
    InvalidValue,
}
