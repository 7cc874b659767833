namespace Connections.Pooling;

/// <summary>When workers are checked, how long they live, and what is noticed of their holders.</summary>
public sealed partial record WorkerPoolOptions
{
    /// <summary>
    /// How long a worker must have been idle to be validated before it is leased again. Zero, the default, validates each time, which costs
    /// little where validating is looking at a flag; set some time where it talks to a device. At most 49 days, or
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    public TimeSpan ValidateAfterIdle
    {
        get;
        init
        {
            CheckTime(value, nameof(value));
            field = value;
        }
    } = TimeSpan.Zero;

    /// <summary>
    /// How long a worker may be idle before it is destroyed, down to <see cref="MinSize"/> workers in a pool that was started, else to none.
    /// Above zero, at most 49 days; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> unless set.
    /// </summary>
    public TimeSpan IdleTimeout
    {
        get;
        init
        {
            CheckPeriod(value);
            field = value;
        }
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long a worker may live before it is replaced; a leased one lives until it is returned, and where requests wait, workers are replaced one
    /// after another. Above zero, at most 49 days; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> unless set.
    /// </summary>
    public TimeSpan MaxLifetime
    {
        get;
        init
        {
            CheckPeriod(value);
            field = value;
        }
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How many leases a worker may serve before it is replaced, in the same way as by <see cref="MaxLifetime"/>. At least 1;
    /// <see langword="null"/>, the default, for any number.
    /// </summary>
    public int? MaxUses
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// Up to which part of <see cref="IdleTimeout"/>, <see cref="MaxLifetime"/> and <see cref="MaxUses"/> is taken off at random for each
    /// worker, so that workers created together do not end together. From 0 to 0.9; 0.2 unless set.
    /// </summary>
    public double Jitter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0.9);
            field = value;
        }
    } = 0.2;

    /// <summary>What chooses the jitter; it must be safe to use from several threads, as the default, <see cref="Random.Shared"/>, is.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>What becomes of a returned worker whose lease was marked as changing it; <see cref="WorkerReuse.Reset"/> unless set.</summary>
    public WorkerReuse Reuse { get; init; } = WorkerReuse.Reset;

    /// <summary>
    /// How long a lease may be held before it is reported, once, to the logger, the meter and the statistics. Above zero, at most 49 days;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> unless set.
    /// </summary>
    public TimeSpan LeakThreshold
    {
        get;
        init
        {
            CheckPeriod(value);
            field = value;
        }
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Whether reports of holders tell the stack from which each asked for its lease. It costs some microseconds a lease; off unless set.
    /// </summary>
    public bool CaptureStacks { get; init; }

    /// <summary>The shortest time after which anything about a worker that is all right now may need a look; infinite if nothing ever does.</summary>
    internal TimeSpan Watchfulness
    {
        get
        {
            TimeSpan[] limits = [Shortest(IdleTimeout), Shortest(MaxLifetime), LeakThreshold];
            return limits.Where(static limit => limit != System.Threading.Timeout.InfiniteTimeSpan)
                .DefaultIfEmpty(System.Threading.Timeout.InfiniteTimeSpan)
                .Min();
        }
    }

    private TimeSpan Shortest(TimeSpan limit) => limit == System.Threading.Timeout.InfiniteTimeSpan ? limit : limit * (1 - Jitter);
}
