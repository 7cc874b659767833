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
    public TimeSpan Remaining
    {
        get
        {
            if (_time is null)
            {
                return Timeout.InfiniteTimeSpan;
            }

            // Rounded up, since timers count milliseconds and must not be early.
            var left = _time.GetElapsedTime(_time.GetTimestamp(), _end);
            return left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        }
    }

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

    /// <summary>The earlier of two.</summary>
    public static Deadline Earlier(Deadline one, Deadline other) =>
        one.IsNever || (!other.IsNever && other._end < one._end) ? other : one;
}
