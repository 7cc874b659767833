namespace Connections.Snmp.Notifications;

/// <summary>The counters behind <see cref="SnmpNotificationStatistics"/>. The listener's thread alone writes them, so plain additions suffice.</summary>
internal sealed class NotificationCounters
{
    private static readonly int Reasons = Enum.GetValues<SnmpNotificationDrop>().Length;

    private readonly long[] _dropped = new long[Reasons];
    private long _received;
    private long _delivered;
    private long _acknowledged;
    private long _duplicates;
    private long _discoveries;

    internal void CountReceived() => Add(ref _received);

    internal void CountDelivered() => Add(ref _delivered);

    internal void CountAcknowledged() => Add(ref _acknowledged);

    internal void CountDuplicate() => Add(ref _duplicates);

    internal void CountDiscovery() => Add(ref _discoveries);

    internal void CountDropped(SnmpNotificationDrop reason) => Add(ref _dropped[(int)reason]);

    internal SnmpNotificationStatistics Read(NotificationQueue queue)
    {
        var dropped = new long[Reasons];
        for (var reason = 0; reason < Reasons; reason++)
        {
            dropped[reason] = Volatile.Read(ref _dropped[reason]);
        }

        return new SnmpNotificationStatistics(dropped)
        {
            Received = Volatile.Read(ref _received),
            Delivered = Volatile.Read(ref _delivered),
            Acknowledged = Volatile.Read(ref _acknowledged),
            Duplicates = Volatile.Read(ref _duplicates),
            Discoveries = Volatile.Read(ref _discoveries),
            Queued = queue.Count,
            QueuedBytes = queue.Bytes,
        };
    }

    private static void Add(ref long counter) => Volatile.Write(ref counter, counter + 1);
}
