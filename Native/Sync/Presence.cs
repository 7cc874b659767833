namespace Connections.Native.Sync;

/// <summary>Whether a participant of a lock is still there; known to its own process alone.</summary>
internal sealed class Presence
{
    private volatile bool _isLeaving;

    /// <summary>Whether it has begun to leave, which it does once.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>Begins to leave, before anything that follows. False if it had begun already.</summary>
    public bool TryLeave() => !Interlocked.Exchange(ref _isLeaving, true);
}
