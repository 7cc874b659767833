using System.Diagnostics.Metrics;

namespace Connections.Snmp.Notifications;

/// <summary>A listener's counters as instruments of the meter <c>Connections</c>; they cost nothing until somebody listens.</summary>
internal sealed class NotificationMetrics : IDisposable
{
    private static readonly SnmpNotificationDrop[] Reasons = [.. Enum.GetValues<SnmpNotificationDrop>().Where(static reason => reason != SnmpNotificationDrop.None)];

    private readonly Meter _meter = new("Connections");

    internal NotificationMetrics(Func<SnmpNotificationStatistics> read)
    {
        Count("connections.snmp.notifications.received", "{packet}", () => read().Received);
        Count("connections.snmp.notifications.delivered", "{notification}", () => read().Delivered);
        Count("connections.snmp.notifications.acknowledged", "{notification}", () => read().Acknowledged);
        Count("connections.snmp.notifications.duplicates", "{notification}", () => read().Duplicates);
        Count("connections.snmp.notifications.discoveries", "{packet}", () => read().Discoveries);
        _meter.CreateObservableCounter("connections.snmp.notifications.dropped", () => MeasureDropped(read()), "{packet}");
        _meter.CreateObservableUpDownCounter("connections.snmp.notifications.queued", () => read().Queued, "{notification}");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> MeasureDropped(SnmpNotificationStatistics statistics) =>
        Reasons.Select(reason => new Measurement<long>(statistics.DroppedFor(reason), new KeyValuePair<string, object?>("reason", reason.ToString())));

    private void Count(string name, string unit, Func<long> read) => _meter.CreateObservableCounter(name, read, unit);
}
