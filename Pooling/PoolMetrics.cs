using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connections.Pooling;

/// <summary>
/// The figures of one pool on the meter <c>Connections</c>, tagged with its name and device, and, while anyone listens to the activity source
/// <c>Connections</c>, its waits as events of the activities in which callers waited. Times are in seconds.
/// </summary>
internal sealed class PoolMetrics(string name, string? device)
{
    private static readonly Meter Meter = new("Connections");
    private static readonly ActivitySource Source = new("Connections");

    // How long those who had to wait waited, whatever ended the wait.
    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("connections.pool.wait", "s");

    // How long leases were held, from grant to return.
    private static readonly Histogram<double> Use = Meter.CreateHistogram<double>("connections.pool.use", "s");

    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("connections.pool.timeouts");
    private static readonly Counter<long> Deaths = Meter.CreateCounter<long>("connections.pool.deaths");
    private static readonly Counter<long> Leaks = Meter.CreateCounter<long>("connections.pool.leaks");

    private readonly KeyValuePair<string, object?>[] _tags =
        [new("connections.pool.name", name), new("connections.device.name", device)];

    static PoolMetrics() => PoolGauges.Publish(Meter);

    /// <summary>Whether anyone listens to how long leases are held, which is then to be taken exactly.</summary>
    public static bool TimesUse => Use.Enabled;

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>Records the end of a wait; in the flow that waited.</summary>
    public void RecordWait(object holder, TimeSpan waited, Exception? error)
    {
        Wait.Record(waited.TotalSeconds, _tags);
        if (Source.HasListeners() && Activity.Current is { } activity)
        {
            activity.AddEvent(new ActivityEvent($"connections.pool.{Outcome(error)}", tags: new(_tags)
            {
                { "connections.pool.member", holder.ToString() },
                { "connections.pool.wait", waited.TotalSeconds },
            }));
        }
    }

    public void RecordUse(TimeSpan held) => Use.Record(held.TotalSeconds, _tags);

    public void RecordTimeout() => Timeouts.Add(1, _tags);

    public void RecordDeath() => Deaths.Add(1, _tags);

    public void RecordLeak() => Leaks.Add(1, _tags);

    private static string Outcome(Exception? error) => error switch
    {
        null => "granted",
        TimeoutException => "timeout",
        OperationCanceledException => "cancelled",
        _ => "failed",
    };
}
