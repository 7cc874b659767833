namespace Connections.NetSnmp.Worker.Messages;

/// <summary>A user of SNMPv3, as a worker process is told of it.</summary>
internal sealed record WorkerUser
{
    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>1 for noAuthNoPriv, 2 for authNoPriv, 3 for authPriv.</summary>
    public required int Level { get; init; }

    /// <summary>How messages are signed; <see langword="null"/> if they are not.</summary>
    public WorkerKey? Authentication { get; init; }

    /// <summary>How messages are encrypted; <see langword="null"/> if they are not.</summary>
    public WorkerKey? Privacy { get; init; }

    /// <summary>The context that is asked.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>The engine whose context is asked; empty for the one that answers.</summary>
    public byte[] ContextEngineId { get; init; } = [];

    /// <summary>The agent's engine ID; empty where it is to be discovered.</summary>
    public byte[] EngineId { get; init; } = [];

    /// <summary>The name; no secret.</summary>
    public override string ToString() => Name;
}
