namespace Connections.Harness.Watching;

/// <summary>A pool of a process that is watched, as its gauges tell it.</summary>
internal sealed record PoolReport
{
    /// <summary>The device.</summary>
    public required string Device { get; init; }

    /// <summary>The alias.</summary>
    public required string Alias { get; init; }

    /// <summary>Workers that are free.</summary>
    public int Idle { get; set; }

    /// <summary>Workers that are leased.</summary>
    public int Busy { get; set; }

    /// <summary>Workers under construction.</summary>
    public int Creating { get; set; }

    /// <summary>Requests that wait for a worker.</summary>
    public int Waiting { get; set; }
}
