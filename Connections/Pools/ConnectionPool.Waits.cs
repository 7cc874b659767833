using Connections.Locking;
using Connections.Locking.Deadlocks;

namespace Connections.Pools;

// Those who wait for a worker, as the detector of deadlocks sees them.
public sealed partial class ConnectionPool : IWaitSource
{
    private volatile bool _isWatched;

    /// <summary>How waits for a worker are named and watched: as those for a lock are.</summary>
    internal LockOptions LockOptions => _lifeCycle.Options;

    /// <summary>Ends the wait of a frame with an error, unless it was granted before.</summary>
    internal bool TryFail(LeaseFrame frame, Exception error) => _workers?.TryFail(frame, error) ?? false;

    bool IWaitSource.Collect(ICollection<PendingWait> waits)
    {
        // Before the queue is looked at: whoever joins it afterwards announces the pool again.
        _isWatched = false;
        Interlocked.MemoryBarrier();
        var waiting = new List<object>();
        var holders = new List<object>();
        var dependOnHolders = _workers?.Inspect(waiting, holders) ?? false;
        if (dependOnHolders && holders.Count > 0)
        {
            AmbientFrame[] held = [.. holders.Cast<LeaseFrame>()];
            foreach (LeaseFrame frame in waiting)
            {
                waits.Add(new PendingWait(frame, held));
            }
        }

        return _isWatched |= waiting.Count > 0;
    }

    private void WatchForDeadlocks()
    {
        if (!_isWatched)
        {
            _isWatched = true;
            DeadlockDetector.For(LockOptions.TimeProvider).Watch(this);
        }
    }

    private string? Explain(LeaseFrame frame) => frame.Waited < LockOptions.DeadlockGrace
        ? null
        : DeadlockText.OfTimeout(DeadlockDetector.For(LockOptions.TimeProvider).Describe(frame));
}
