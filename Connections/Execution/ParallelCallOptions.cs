namespace Connections.Execution;

/// <summary>The limits of a <see cref="ParallelCall"/>.</summary>
public sealed record ParallelCallOptions
{
    /// <summary>How many calls run at once, at least 1; all of them by default, since pools and locks bound what reaches a device.</summary>
    public int MaxParallelism { get; init; } = int.MaxValue;

    /// <summary>How long one call may take from its start, its wait for a worker included; without end by default.</summary>
    public TimeSpan ItemTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long all calls may take together; without end by default.</summary>
    public TimeSpan OverallTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether the first failure cancels all calls that have not finished.</summary>
    public bool StopOnFirstFailure { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
