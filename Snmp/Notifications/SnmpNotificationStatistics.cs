namespace Connections.Snmp.Notifications;

/// <summary>What a listener has done since it was started. Every datagram is counted once: as delivered, as a duplicate, as a discovery, or as dropped for one reason.</summary>
public sealed record SnmpNotificationStatistics
{
    private readonly long[] _dropped;

    internal SnmpNotificationStatistics(long[] dropped) => _dropped = dropped;

    /// <summary>Datagrams that came.</summary>
    public long Received { get; internal init; }

    /// <summary>Notifications that went into the queue.</summary>
    public long Delivered { get; internal init; }

    /// <summary>Informs that were acknowledged, their repetitions included.</summary>
    public long Acknowledged { get; internal init; }

    /// <summary>Notifications that had been delivered before: informs sent again, and copies of signed traps.</summary>
    public long Duplicates { get; internal init; }

    /// <summary>SNMPv3: questions for the listener's engine ID, and for its time, which were answered.</summary>
    public long Discoveries { get; internal init; }

    /// <summary>Notifications in the queue now.</summary>
    public int Queued { get; internal init; }

    /// <summary>The memory that the notifications in the queue take now, in bytes, by estimate.</summary>
    public long QueuedBytes { get; internal init; }

    /// <summary>Datagrams that were dropped, for whatever reason.</summary>
    public long Dropped => _dropped.Sum();

    /// <summary>Datagrams that were dropped for one reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public long DroppedFor(SnmpNotificationDrop reason)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)reason, (uint)_dropped.Length, nameof(reason));
        return _dropped[(int)reason];
    }
}
