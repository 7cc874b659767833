using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Connections.Native.Sync;

/// <summary>The machine's monotonic clock in nanoseconds, which all processes and the kernel read alike.</summary>
internal static unsafe partial class MonotonicTime
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long MillisecondsPerSecond = 1_000;
    private const int CoarseClock = 6;

    /// <summary>The time since some moment in the past.</summary>
    public static long Now => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : throw new PlatformNotSupportedException("The monotonic clock of this system does not count nanoseconds.");

    /// <summary>The moment after a time from now, or <see cref="Never"/> for <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static long After(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time.TotalNanoseconds >= Never - Now ? Never : Now + ((long)time.TotalNanoseconds);

    /// <summary>
    /// The same clock in milliseconds, as of the kernel's last tick: what can be read in a few nanoseconds. That is half of what
    /// <see cref="Environment.TickCount64"/> takes, which shows where a lock is taken and given back within some 30.
    /// </summary>
    public static ulong Coarse
    {
        get
        {
            TimeSpecification now;
            _ = Read(CoarseClock, &now);
            return (ulong)((now.Seconds * MillisecondsPerSecond) + (now.Nanoseconds / NanosecondsPerMillisecond));
        }
    }

    // It reads a page that the kernel keeps up to date, and neither blocks nor enters the kernel.
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int Read(int clock, TimeSpecification* time);
}
