using System.Text.Json;

namespace Connections.NetSnmp.Worker.Messages;

/// <summary>The one agent and credential that a worker process serves; the first thing that it is told, by a channel that nobody else reads.</summary>
internal sealed record WorkerSettings
{
    /// <summary>The agent's transport and address, as Net-SNMP writes them: <c>udp:192.0.2.1:161</c>.</summary>
    public required string PeerName { get; init; }

    /// <summary>The address that requests leave from; <see langword="null"/> lets the system choose.</summary>
    public string? LocalName { get; init; }

    /// <summary>The version's number in messages: 0, 1 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it is spoken to over a connection.</summary>
    public bool IsStream { get; init; }

    /// <summary>The community's octets; none in SNMPv3.</summary>
    public byte[] Community { get; init; } = [];

    /// <summary>The user of SNMPv3.</summary>
    public WorkerUser? User { get; init; }

    /// <summary>Whether request-ids must fit 16 bits.</summary>
    public bool Uses16BitIds { get; init; }

    /// <summary>What the library may be called.</summary>
    public required IReadOnlyList<string> LibraryNames { get; init; }

    /// <summary>The settings as they travel.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, WorkerJson.Default.WorkerSettings);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static WorkerSettings Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, WorkerJson.Default.WorkerSettings) ?? throw new JsonException("There are no settings.");

    /// <summary>The agent; no secret.</summary>
    public override string ToString() => $"{PeerName}, SNMP version number {Version}";
}
