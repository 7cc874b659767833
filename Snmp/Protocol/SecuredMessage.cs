namespace Connections.Snmp.Protocol;

/// <summary>A message of SNMPv3 with USM where it stands in a datagram (RFC 3412 section 6, RFC 3414 section 2.4). Nothing of it is verified.</summary>
internal ref struct SecuredMessage
{
    /// <summary>The number of USM among the security models.</summary>
    public const int Usm = 3;

    /// <summary>The octets of the message, without any that follow it in the datagram: what its signature covers.</summary>
    public ReadOnlySpan<byte> Whole { get; set; }

    /// <summary>The msgID, by which a response or report is matched with its request.</summary>
    public int MessageId { get; set; }

    /// <summary>The largest message that the sender takes.</summary>
    public int MaxSize { get; set; }

    /// <summary>The msgFlags.</summary>
    public SecuredFlags Flags { get; set; }

    /// <summary>The security model; the fields of USM are read only where it is <see cref="Usm"/>.</summary>
    public int SecurityModel { get; set; }

    /// <summary>The octets of the authoritative engine's name; none in a discovery.</summary>
    public ReadOnlySpan<byte> EngineId { get; set; }

    /// <summary>How often the authoritative engine was started.</summary>
    public int Boots { get; set; }

    /// <summary>The authoritative engine's seconds since it was started.</summary>
    public int Time { get; set; }

    /// <summary>The octets of the user's name.</summary>
    public ReadOnlySpan<byte> UserName { get; set; }

    /// <summary>The signature.</summary>
    public ReadOnlySpan<byte> Mac { get; set; }

    /// <summary>Where the signature stands in <see cref="Whole"/>; 0 if there is none.</summary>
    public int MacOffset { get; set; }

    /// <summary>What the encryption started from.</summary>
    public ReadOnlySpan<byte> Salt { get; set; }

    /// <summary>The encrypted octets, or the scoped PDU as a whole, for <see cref="SecuredMessageReader.TryReadScopedPdu"/>.</summary>
    public ReadOnlySpan<byte> Data { get; set; }

    public readonly bool IsAuthenticated => (Flags & SecuredFlags.Authenticated) != 0;

    public readonly bool IsEncrypted => (Flags & SecuredFlags.Encrypted) != 0;

    public readonly bool IsReportable => (Flags & SecuredFlags.Reportable) != 0;
}
