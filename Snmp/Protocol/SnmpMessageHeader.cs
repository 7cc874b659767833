namespace Connections.Snmp.Protocol;

/// <summary>What a message says before its varbinds, and where those stand in the datagram. For <see cref="PduType.TrapV1"/>, whose fields differ,
/// see <see cref="TrapV1Fields"/>.</summary>
internal ref struct SnmpMessageHeader
{
    /// <summary>The version.</summary>
    public SnmpVersion Version { get; set; }

    /// <summary>The octets of the community.</summary>
    public ReadOnlySpan<byte> Community { get; set; }

    /// <summary>The kind of PDU.</summary>
    public PduType PduType { get; set; }

    /// <summary>The request-id; 0 for <see cref="PduType.TrapV1"/>.</summary>
    public int RequestId { get; set; }

    /// <summary>The error-status of a response, the number of non-repeaters of a GetBulk (negative ones count as 0, RFC 3416 section 4.2.3).</summary>
    public int ErrorStatusOrNonRepeaters { get; set; }

    /// <summary>The error-index of a response (the first varbind is 1), the maximum of repetitions of a GetBulk (negative ones count as 0).</summary>
    public int ErrorIndexOrMaxRepetitions { get; set; }

    /// <summary>The fields that only a Trap of SNMPv1 has.</summary>
    public TrapV1Fields Trap { get; set; }

    /// <summary>The content of the varbind list, for <see cref="VarBindReader"/>.</summary>
    public ReadOnlySpan<byte> VarBinds { get; set; }

    /// <summary>The error-status of a response.</summary>
    public readonly SnmpErrorStatus ErrorStatus => (SnmpErrorStatus)ErrorStatusOrNonRepeaters;
}
