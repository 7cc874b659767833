using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Worker.Messages;

/// <summary>A protocol of SNMPv3's security, and the secret that belongs to it.</summary>
internal sealed record WorkerKey
{
    /// <summary>The protocol, as Net-SNMP names it: <c>SHA-256</c>, <c>AES</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>What the octets are.</summary>
    public required UsmKeyForm Form { get; init; }

    /// <summary>A password's, or the key's.</summary>
    public required byte[] Octets { get; init; }

    /// <summary>The protocol; no secret.</summary>
    public override string ToString() => Protocol;
}
