using System.Diagnostics.Metrics;

namespace Connections.Locking;

/// <summary>The figures of all locks, on the meter <c>Connections</c>. Times are in seconds.</summary>
internal static class LockMetrics
{
    private static readonly Meter Meter = new("Connections");

    /// <summary>Whether anyone listens to the times, which are then to be taken exactly.</summary>
    internal static bool AreUsed => Wait.Enabled || Hold.Enabled;

    /// <summary>How long those who had to wait waited, whatever ended the wait.</summary>
    internal static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("connections.lock.wait", "s");

    /// <summary>How long locks were held, from grant to release.</summary>
    internal static readonly Histogram<double> Hold = Meter.CreateHistogram<double>("connections.lock.hold", "s");

    /// <summary>How many waits ended by their timeout.</summary>
    internal static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("connections.lock.timeouts");

    /// <summary>How many holds were found to be longer than <see cref="LockOptions.LongHold"/>.</summary>
    internal static readonly Counter<long> LongHolds = Meter.CreateCounter<long>("connections.lock.long_holds");

    /// <summary>How many deadlocks were found.</summary>
    internal static readonly Counter<long> Deadlocks = Meter.CreateCounter<long>("connections.lock.deadlocks");
}
