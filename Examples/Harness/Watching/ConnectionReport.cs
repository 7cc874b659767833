namespace Connections.Harness.Watching;

/// <summary>A connection of a process that is watched.</summary>
internal sealed record ConnectionReport
{
    /// <summary>The device.</summary>
    public required string Device { get; init; }

    /// <summary>The alias.</summary>
    public required string Alias { get; init; }

    /// <summary>Where it is in its life, in a word.</summary>
    public required string State { get; init; }

    /// <summary>The most workers of a pool; null for a single connection.</summary>
    public int? PoolSize { get; init; }

    /// <summary>The member that holds the lock of a single connection; null if none does.</summary>
    public string? Holder { get; init; }

    /// <summary>How long that has held it, in seconds.</summary>
    public double HeldFor { get; init; }

    /// <summary>How many wait for it.</summary>
    public int Waiting { get; init; }
}
