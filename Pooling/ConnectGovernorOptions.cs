using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Pooling;

/// <summary>How a <see cref="ConnectGovernor"/> spares its device. Each setter refuses what is out of range.</summary>
public sealed record ConnectGovernorOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The device, for errors and logs; <see langword="null"/> if there is none.</summary>
    public string? Device { get; init; }

    /// <summary>How many attempts are under way at one time; further ones wait their turn. At least 1; 8 unless set.</summary>
    public int MaxConcurrentConnects
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8;

    /// <summary>
    /// How long an attempt may take; the wait for its turn is not counted. Then its token is cancelled and it has failed; one that does not
    /// heed the token is left to itself, and makes room for others like one that has ended. From 10 ms to a day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>; 60 s unless set.
    /// </summary>
    public TimeSpan AttemptTimeout
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                Check(value, TimeSpan.FromMilliseconds(10));
            }

            field = value;
        }
    } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// About how long it takes from the first failure to the next attempt; the delay doubles with each further failure in a row, and
    /// varies at random. Above zero, at most a day; 200 ms unless set.
    /// </summary>
    public TimeSpan RetryDelay
    {
        get;
        init
        {
            Check(value, TimeSpan.FromTicks(1));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>What the delay before a further attempt never exceeds. Above zero, at most a day; 30 s unless set.</summary>
    public TimeSpan MaxRetryDelay
    {
        get;
        init
        {
            Check(value, TimeSpan.FromTicks(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many attempts must fail within <see cref="BreakWindow"/>, and none succeed, for the breaker to open. At least 2; 10 unless set.
    /// </summary>
    public int BreakAfter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2);
            field = value;
        }
    } = 10;

    /// <summary>How far back the breaker looks. From half a second to a day; 30 s unless set.</summary>
    public TimeSpan BreakWindow
    {
        get;
        init
        {
            Check(value, TimeSpan.FromSeconds(0.5));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long the device is left alone once the breaker is open. From half a second to a day; 15 s unless set.</summary>
    public TimeSpan BreakTime
    {
        get;
        init
        {
            Check(value, TimeSpan.FromSeconds(0.5));
            field = value;
        }
    } = TimeSpan.FromSeconds(15);

    /// <summary>The clock and the timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What varies the delays; it must be safe to use from several threads, as the default, <see cref="Random.Shared"/>, is.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where the opening and closing of the breaker are reported; nowhere unless set.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    private static void Check(TimeSpan value, TimeSpan least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest);
    }
}
