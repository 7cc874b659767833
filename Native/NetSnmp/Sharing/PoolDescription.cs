namespace Connections.NetSnmp.Sharing;

/// <summary>What a shared pool is, and how it stands.</summary>
internal sealed record PoolDescription
{
    /// <summary>How many workers it has at most.</summary>
    public required int Size { get; init; }

    /// <summary>How many of them exist now.</summary>
    public required int Live { get; init; }

    /// <summary>How many calls were served.</summary>
    public required long Served { get; init; }

    /// <summary>The agent's address and port.</summary>
    public required string EndPoint { get; init; }
}
