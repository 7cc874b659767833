using Connections.Pooling;

namespace Connections.Locking;

/// <summary>Reports, once, a holder of a lock that stays past <see cref="LockOptions.LongHold"/>. Its timer rests while the lock is free.</summary>
/// <param name="owner">The lock.</param>
/// <param name="holder">Gives who holds the lock, and how many wait; called under the mutex of the lock.</param>
/// <param name="mutex">The mutex of the lock.</param>
internal sealed class HoldWatch(ReentrantAsyncLock owner, Func<(LockFrame? Holder, int Waiting)> holder, Lock mutex)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;
    private LockFrame? _reported;
    private bool _isRunning;

    /// <summary>Called when the lock is granted; under its mutex.</summary>
    public void OnGranted()
    {
        if (!_isRunning)
        {
            _isRunning = true;
            _timer ??= UnflowedTimer.Create(owner.Options.TimeProvider, static state => ((HoldWatch)state!).Look(), this);
            StartTimer(owner.Options.LongHold);
        }
    }

    private void Look()
    {
        LockFrame? overdue;
        int waiting;
        lock (mutex)
        {
            (overdue, waiting) = FindOverdue();
        }

        if (overdue is not null)
        {
            LockMetrics.LongHolds.Add(1);
            LockLog.LongHold(owner.Options.Logger, owner.Options.Name, overdue.Member, overdue.HeldFor.TotalSeconds, overdue.Path, waiting);
        }
    }

    private (LockFrame? Overdue, int Waiting) FindOverdue()
    {
        var (frame, waiting) = holder();
        if (frame is null)
        {
            _isRunning = false;
            _reported = null;
            return default;
        }

        var remaining = owner.Options.LongHold - frame.HeldFor;
        StartTimer(remaining > TimeSpan.Zero ? remaining : owner.Options.LongHold);
        if (remaining > TimeSpan.Zero || ReferenceEquals(frame, _reported))
        {
            return default;
        }

        _reported = frame;
        return (frame, waiting);
    }

    private void StartTimer(TimeSpan delay) =>
        _timer!.Change(delay > ShortestDelay ? delay : ShortestDelay, Timeout.InfiniteTimeSpan);
}
