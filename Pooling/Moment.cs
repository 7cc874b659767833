namespace Connections.Pooling;

/// <summary>
/// A moment on a clock, for diagnostics. Every lease and every entry into a lock takes one, so that the system's clock is read at the cost
/// and the resolution (some milliseconds) of <see cref="Environment.TickCount64"/>, unless the exact time is asked for.
/// </summary>
internal readonly struct Moment
{
    // The lowest bit tells which clock it is; without it, a timestamp of the provider still reaches 146 years at a nanosecond's resolution.
    private readonly long _value;

    private Moment(long timestamp, bool isExact) => _value = (timestamp << 1) | (isExact ? 1L : 0L);

    /// <summary>The moment that it is now.</summary>
    public static Moment Now(TimeProvider clock, bool exactly) => exactly || !ReferenceEquals(clock, TimeProvider.System)
        ? At(clock.GetTimestamp())
        : new(Environment.TickCount64, isExact: false);

    /// <summary>The moment of a timestamp of the clock.</summary>
    public static Moment At(long timestamp) => new(timestamp, isExact: true);

    /// <summary>The moment that it is now, told as exactly as this one.</summary>
    public Moment NowAlike(TimeProvider clock) => IsExact ? At(clock.GetTimestamp()) : new(Environment.TickCount64, isExact: false);

    /// <summary>How long after this moment one was that is told as exactly.</summary>
    public TimeSpan Until(Moment later, TimeProvider clock) => IsExact
        ? clock.GetElapsedTime(_value >> 1, later._value >> 1)
        : TimeSpan.FromMilliseconds((later._value >> 1) - (_value >> 1));

    /// <summary>How long ago it was, by the clock that it was taken from.</summary>
    public TimeSpan Ago(TimeProvider clock) => Until(NowAlike(clock), clock);

    private bool IsExact => (_value & 1) != 0;
}
