using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Pooling;

/// <summary>How a <see cref="WorkerPool{T}"/> is named, bounded and timed. Each setter refuses what is out of range.</summary>
public sealed partial record WorkerPoolOptions
{
    /// <summary>The longest time that a timer can wait, just under 50 days.</summary>
    internal static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>The name in errors, logs and metrics, usually the alias of the pool; "pool" unless set.</summary>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "pool";

    /// <summary>The device behind the workers, for errors, logs and metrics; <see langword="null"/> if there is none.</summary>
    public string? Device { get; init; }

    /// <summary>The most workers at one time, those under construction counted; at least 1, which is the default.</summary>
    public int Size
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>
    /// How many workers <see cref="WorkerPool{T}.StartAsync"/> creates and the pool then keeps up; further ones come on demand, up to
    /// <see cref="Size"/>, and go when they idle. From 0 to the size; <see langword="null"/>, the default, is the size.
    /// </summary>
    public int? MinSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// How many workers must connect for a start to succeed, those that <see cref="MinSize"/> does not ask for not counted; at least 0, 1
    /// unless set. The others are tried again.
    /// </summary>
    public int MinReady
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1;

    /// <summary>
    /// How long a request waits for a worker unless it says otherwise: queueing, creating and validating together. From zero
    /// (take a free worker or fail) to 49 days; <see cref="Timeout.InfiniteTimeSpan"/>, the default, waits as long as a worker lives.
    /// </summary>
    public TimeSpan Timeout
    {
        get;
        init
        {
            CheckTime(value, nameof(value));
            field = value;
        }
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// After how many failures in a row to create a worker, with none alive, requests fail with
    /// <see cref="ConnectFailedException"/>; attempts made side by side count as one. At least 1; 3 unless set.
    /// </summary>
    public int MaxCreateFailures
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>
    /// Whether the first worker is created alone while none is alive, and the others once it is: for devices that lock out who fails too often, so that a
    /// wrong password costs one attempt, however large the pool is. False unless set.
    /// </summary>
    public bool FirstAlone { get; init; }

    /// <summary>
    /// What paces the attempts to create workers, shared with the other pools and connections of the device; the pool makes one of its own,
    /// with default options, unless set.
    /// </summary>
    public ConnectGovernor? Governor { get; init; }

    /// <summary>The clock and the timers of the pool.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where failed creations, broken workers and leases held too long are reported; nowhere unless set.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>
    /// Tells, for the error of a holder to be whose deadline has passed, why its worker could not have come; null if nothing speaks against
    /// it. Called outside the pool's mutex, while it still waits.
    /// </summary>
    internal Func<object, string?>? Explain { get; init; }

    internal static void CheckTime(TimeSpan time, string parameter)
    {
        if (time == System.Threading.Timeout.InfiniteTimeSpan)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestTime, parameter);
    }

    private static void CheckPeriod(TimeSpan value)
    {
        if (value != System.Threading.Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTime);
        }
    }
}
