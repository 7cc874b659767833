namespace Connections.Pooling;

/// <summary>The state of a pool at one moment; all figures are of that same moment.</summary>
public readonly record struct PoolStatistics
{
    /// <summary>The most workers that the pool may have.</summary>
    public int Size { get; init; }

    /// <summary>The workers that exist: <see cref="Idle"/> and <see cref="Busy"/> ones.</summary>
    public int Live => Idle + Busy;

    /// <summary>The workers that are free.</summary>
    public int Idle { get; init; }

    /// <summary>The workers that are leased, or being validated or reset.</summary>
    public int Busy { get; init; }

    /// <summary>The workers under construction; one that waits for its next attempt is not counted.</summary>
    public int Creating { get; init; }

    /// <summary>The requests that wait for a worker.</summary>
    public int Waiting { get; init; }

    /// <summary>The leases granted so far.</summary>
    public long Served { get; init; }

    /// <summary>The requests whose deadline passed so far.</summary>
    public long TimedOut { get; init; }

    /// <summary>The workers created so far.</summary>
    public long Created { get; init; }

    /// <summary>The workers that broke so far.</summary>
    public long Broken { get; init; }

    /// <summary>The longest time that a granted request had waited.</summary>
    public TimeSpan LongestQueued { get; init; }
}
