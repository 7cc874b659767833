using System.Diagnostics;

namespace Connections.Snmp.Notifications;

/// <summary>The time since this process was started. Thread-safe.</summary>
internal sealed class UpTime
{
    private readonly TimeProvider _time;
    private readonly long _madeAt;
    private readonly TimeSpan _before;

    internal UpTime(TimeProvider time)
    {
        _time = time;
        _madeAt = time.GetTimestamp();
        using var process = Process.GetCurrentProcess();
        var before = DateTime.UtcNow - process.StartTime.ToUniversalTime();

        // The system's clock may have been set back since.
        _before = before > TimeSpan.Zero ? before : TimeSpan.Zero;
    }

    /// <summary>In hundredths of a second, as sysUpTime counts, which begins anew after 497 days.</summary>
    internal uint Hundredths => unchecked((uint)((_before + _time.GetElapsedTime(_madeAt)).Ticks / (TimeSpan.TicksPerMillisecond * 10)));
}
