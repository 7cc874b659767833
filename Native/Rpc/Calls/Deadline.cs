namespace Connections.Native.Rpc.Calls;

/// <summary>A moment by which something must be done; or none.</summary>
internal readonly struct Deadline
{
    /// <summary>The end of what has none.</summary>
    public const long Never = long.MaxValue;

    private readonly TimeProvider? _time;
    private readonly long _end;

    private Deadline(TimeProvider time, long end)
    {
        _time = time;
        _end = end;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsNever => _time is null;

    /// <summary>The timestamp of the clock at which it comes.</summary>
    public long End => _time is null ? Never : _end;

    /// <summary>Whether it has come.</summary>
    public bool HasPassed => _time is not null && _time.GetTimestamp() >= _end;

    /// <summary>The time until it, not less than zero; infinite if there is none.</summary>
    public TimeSpan Remaining => _time is null ? Timeout.InfiniteTimeSpan : Until(_end, _time);

    /// <summary>The moment after a time from now.</summary>
    public static Deadline After(TimeSpan time, TimeProvider provider)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return default;
        }

        var ticks = time.TotalSeconds * provider.TimestampFrequency;
        var now = provider.GetTimestamp();
        return ticks >= long.MaxValue - now ? default : new Deadline(provider, now + (long)Math.Ceiling(ticks));
    }

    /// <summary>The time until a timestamp of a clock, not less than zero; rounded up, since timers count milliseconds and should not be early.</summary>
    public static TimeSpan Until(long end, TimeProvider provider)
    {
        var left = provider.GetElapsedTime(provider.GetTimestamp(), end);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
    }

    /// <summary>The earlier of two.</summary>
    public static Deadline Earlier(Deadline one, Deadline other) =>
        one.IsNever || (!other.IsNever && other._end < one._end) ? other : one;
}
