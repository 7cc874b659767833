using Connections.Pooling;

namespace Connections.Execution;

/// <summary>The limits of a <see cref="ParallelCall"/>. Each setter refuses what is out of range.</summary>
public sealed record ParallelCallOptions
{
    /// <summary>How many calls run at once, at least 1; all of them by default, since pools and locks bound what reaches a device.</summary>
    public int MaxParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>
    /// How many calls of one device run at once, at least 1; all of them by default. Calls beyond it wait without holding up those of other
    /// devices.
    /// </summary>
    public int MaxPerDevice
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>
    /// How long one call may take from its start, its wait for a worker included: from zero to 49 days;
    /// <see cref="Timeout.InfiniteTimeSpan"/>, the default, for without end.
    /// </summary>
    public TimeSpan ItemTimeout
    {
        get;
        init
        {
            WorkerPoolOptions.CheckTime(value, nameof(value));
            field = value;
        }
    } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long all calls may take together, those included that have not begun: from zero to 49 days;
    /// <see cref="Timeout.InfiniteTimeSpan"/>, the default, for without end.
    /// </summary>
    public TimeSpan OverallTimeout
    {
        get;
        init
        {
            WorkerPoolOptions.CheckTime(value, nameof(value));
            field = value;
        }
    } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether the first failure cancels all calls that have not finished.</summary>
    public bool StopOnFirstFailure { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
