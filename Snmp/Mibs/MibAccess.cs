namespace Connections.Snmp.Mibs;

/// <summary>What may be done with an object: the MAX-ACCESS of SMIv2, the ACCESS of SMIv1 (<c>write-only</c> counts as <see cref="ReadWrite"/>).</summary>
public enum MibAccess
{
    /// <summary>The node is no object, or its module does not say.</summary>
    Unknown,

    /// <summary>Tables, rows, and columns that occur in indexes alone.</summary>
    NotAccessible,

    /// <summary>Sent in notifications alone.</summary>
    AccessibleForNotify,

    /// <summary>Readable.</summary>
    ReadOnly,

    /// <summary>Readable and writable.</summary>
    ReadWrite,

    /// <summary>Readable and writable, and rows can be created with it.</summary>
    ReadCreate,
}
