namespace Connections.Snmp.Protocol;

/// <summary>The PDU of a message of SNMPv3, and the context it speaks of (RFC 3412 section 6.8).</summary>
internal ref struct ScopedPdu
{
    /// <summary>The octets of the name of the engine whose context is meant.</summary>
    public ReadOnlySpan<byte> ContextEngineId { get; set; }

    /// <summary>The octets of the context's name; none for the default one.</summary>
    public ReadOnlySpan<byte> ContextName { get; set; }

    /// <summary>The PDU: a header of version 3 without community.</summary>
    public SnmpMessageHeader Header;
}
