namespace Connections.Snmp.Protocol;

/// <summary>The msgFlags of SNMPv3 (RFC 3412 section 6.4).</summary>
[Flags]
internal enum SecuredFlags : byte
{
    None = 0,

    /// <summary>The message is signed.</summary>
    Authenticated = 1,

    /// <summary>The scoped PDU is encrypted.</summary>
    Encrypted = 2,

    /// <summary>A Report may answer the message.</summary>
    Reportable = 4,
}
