namespace Connections.Collector.Generation;

/// <summary>What generated records hold.</summary>
internal enum RecordShape
{
    /// <summary>A Counter64.</summary>
    Counter,

    /// <summary>An OCTET STRING.</summary>
    Octets,

    /// <summary>Both and an OID, in turns.</summary>
    Mixed,
}
