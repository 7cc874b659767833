using Connections.Pooling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Locking;

/// <summary>What a <see cref="ReentrantAsyncLock"/> is called in diagnostics, its clock, and what it does about deadlocks.</summary>
public sealed record LockOptions
{
    /// <summary>What the lock guards, in words that fit after "the lock of".</summary>
    public string Name { get; init; } = "an object";

    /// <summary>The alias of the connection that it guards, if it guards one.</summary>
    public string? Alias { get; init; }

    /// <summary>The device that it guards, if it guards one.</summary>
    public string? Device { get; init; }

    /// <summary>The clock of timeouts, of deadlocks and of diagnostics. A cycle is found among locks of one clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What becomes of a wait for this lock that is the youngest of a cycle of waits.</summary>
    public OnDeadlock OnDeadlock { get; init; } = OnDeadlock.Throw;

    /// <summary>
    /// How long a wait must have lasted before it may fail for being part of a cycle, 0 or more; 1 s by default. Such a cycle is noticed
    /// within a further second.
    /// </summary>
    public TimeSpan DeadlockGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a call may hold the lock before it is reported, once, to the logger and the meter; above zero and at most 49 days. By default
    /// <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan LongHold
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WorkerPoolOptions.LongestTime);
            }

            field = value;
        }
    } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// What is to be entered besides the lock itself, so that it excludes callers of other processes too; null (the default) for this process
    /// alone. A deadlock that leads through another process is not found.
    /// </summary>
    public ILockScope? Scope { get; init; }

    /// <summary>
    /// How long a call that has no timeout waits for the <see cref="Scope"/>; by default <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes.
    /// </summary>
    public TimeSpan ScopeTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Where deadlocks and long holds are reported; nowhere by default.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
