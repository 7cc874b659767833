namespace Connections.Snmp.Notifications;

/// <summary>Knows which notifications were delivered of late, as many as the capacity allows; older ones give way. One thread uses it.</summary>
internal sealed class DuplicateFilter(TimeSpan window, int capacity, TimeProvider time)
{
    private readonly HashSet<DuplicateKey> _known = [];
    private readonly Queue<(DuplicateKey Key, long At)> _byAge = [];

    internal int Count => _known.Count;

    /// <summary>Whether the notification was delivered within the window.</summary>
    internal bool Contains(in DuplicateKey key)
    {
        while (_byAge.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= window)
        {
            ForgetOldest();
        }

        return _known.Contains(key);
    }

    /// <summary>Keeps that the notification was delivered now; it must not be known yet.</summary>
    internal void Remember(in DuplicateKey key)
    {
        if (window == TimeSpan.Zero)
        {
            return;
        }

        if (_known.Count == capacity)
        {
            ForgetOldest();
        }

        _known.Add(key);
        _byAge.Enqueue((key, time.GetTimestamp()));
    }

    private void ForgetOldest() => _known.Remove(_byAge.Dequeue().Key);
}
