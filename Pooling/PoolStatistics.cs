namespace Connections.Pooling;

/// <summary>The state of a pool at one moment; all figures are of that same moment.</summary>
public readonly record struct PoolStatistics
{
    /// <summary>The most workers that the pool may have.</summary>
    public int Size { get; init; }

    /// <summary>The workers that the pool keeps up without being asked for any; 0 before it is started.</summary>
    public int MinSize { get; init; }

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

    /// <summary>The requests that were cancelled so far while they waited.</summary>
    public long Cancelled { get; init; }

    /// <summary>The requests whose deadline passed so far.</summary>
    public long TimedOut { get; init; }

    /// <summary>The workers created so far: those that are <see cref="Live"/>, have <see cref="Broken"/> or are <see cref="Retired"/>.</summary>
    public long Created { get; init; }

    /// <summary>The attempts to create a worker that failed so far; those that the breaker refused are not counted.</summary>
    public long CreateFailures { get; init; }

    /// <summary>The workers that broke so far.</summary>
    public long Broken { get; init; }

    /// <summary>
    /// The workers that were destroyed so far though they were well: aged, idle, cleared, recycled after a change, or at the closing.
    /// </summary>
    public long Retired { get; init; }

    /// <summary>The leases that were reported so far for being held too long.</summary>
    public long Leaked { get; init; }

    /// <summary>The longest time that a granted request had waited.</summary>
    public TimeSpan LongestQueued { get; init; }

    /// <summary>What the last attempt to create a worker failed with; <see langword="null"/> if one succeeded since.</summary>
    public Exception? LastCreateError { get; init; }

    /// <summary>How long until the next attempt after a failed one; <see langword="null"/> if none is waiting for its time.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
