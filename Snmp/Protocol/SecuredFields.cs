namespace Connections.Snmp.Protocol;

/// <summary>What a message of SNMPv3 with USM says before its PDU, for <see cref="SnmpMessageWriter"/>.</summary>
internal readonly ref struct SecuredFields
{
    public int MessageId { get; init; }

    public int MaxSize { get; init; }

    public SecuredFlags Flags { get; init; }

    public ReadOnlySpan<byte> EngineId { get; init; }

    public int Boots { get; init; }

    public int Time { get; init; }

    public ReadOnlySpan<byte> UserName { get; init; }

    /// <summary>The octets that are left for the signature; 0 without authentication.</summary>
    public int MacLength { get; init; }

    /// <summary>What the length of the octets to be encrypted is made a multiple of; at least 1.</summary>
    public int BlockLength { get; init; }

    public ReadOnlySpan<byte> ContextEngineId { get; init; }

    public ReadOnlySpan<byte> ContextName { get; init; }
}
