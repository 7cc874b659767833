using System.Diagnostics;

namespace Connections.Native.Sync;

/// <summary>The machine's monotonic clock in nanoseconds, which all processes and the kernel read alike.</summary>
internal static class MonotonicTime
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The time since some moment in the past.</summary>
    public static long Now => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : throw new PlatformNotSupportedException("The monotonic clock of this system does not count nanoseconds.");

    /// <summary>The moment after a time from now, or <see cref="Never"/> for <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static long After(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time.TotalNanoseconds >= Never - Now ? Never : Now + ((long)time.TotalNanoseconds);
}
