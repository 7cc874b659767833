namespace Connections.Pooling;

/// <summary>Waiting: the queue, its deadlines and cancellations, and the reuse of waiters.</summary>
public sealed partial class WorkerPool<T>
{
    private const int MaxSpareWaiters = 64;

    private Waiter<T>? _spares;
    private int _spareCount;
    private long _timedOut;
    private TimeSpan _longestQueued;

    internal void Cancel(Waiter<T> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_waiters.Remove(waiter))
            {
                return;
            }
        }

        waiter.Fail(new OperationCanceledException(cancellationToken));
    }

    internal void TimeOut(Waiter<T> waiter)
    {
        PoolStatistics now;
        LeaseHolder[] holders;
        Exception? lastCreateError;
        var explanation = Explain(waiter);
        lock (_gate)
        {
            if (!IsOverdue(waiter))
            {
                return;
            }

            _waiters.Remove(waiter);
            _timedOut++;
            now = Snapshot();
            holders = Holders();
            lastCreateError = _lastCreateError;
        }

        waiter.Fail(TimedOut(waiter.Timeout, now, holders, lastCreateError, explanation));
    }

    private string? Explain(Waiter<T> waiter)
    {
        if (_options.Explain is not { } explain)
        {
            return null;
        }

        object holder;
        lock (_gate)
        {
            if (!IsOverdue(waiter))
            {
                return null;
            }

            holder = waiter.Holder;
        }

        return explain(holder);
    }

    private static bool IsOverdue(Waiter<T> waiter)
    {
        if (!waiter.IsQueued)
        {
            return false;
        }

        var remaining = waiter.Remaining();
        if (remaining <= TimeSpan.Zero)
        {
            return true;
        }

        RestartTimer(waiter, remaining);
        return false;
    }

    internal void Recycle(Waiter<T> waiter)
    {
        lock (_gate)
        {
            if (!_closing && _spareCount < MaxSpareWaiters)
            {
                waiter.Next = _spares;
                _spares = waiter;
                _spareCount++;
                return;
            }
        }

        waiter.DisposeTimer();
    }

    private static void RestartTimer(Waiter<T> waiter, TimeSpan remaining)
    {
        // It fired early, by less than its resolution, or for the waiter's last request; one that waits for ever has no deadline to meet.
        if (waiter.Timeout != Timeout.InfiniteTimeSpan)
        {
            waiter.StartTimer(remaining + TimeSpan.FromMilliseconds(1));
        }
    }

    private static void FailAll(Waiter<T>? first, Func<Exception> error)
    {
        while (first is { } waiter)
        {
            // Failing it lets its caller use it again at once, links included.
            first = waiter.Next;
            waiter.Fail(error());
        }
    }

    private ValueTask<WorkerLease<T>> WaitAsync(Waiter<T> waiter, WorkerSlot<T>? checkable, CancellationToken cancellationToken)
    {
        Check(checkable);
        return Watched(waiter, cancellationToken);
    }

    /// <summary>Queues a request whose worker proved broken, or did not say at once that it is well; it keeps its ticket.</summary>
    private ValueTask<WorkerLease<T>> QueueAsync(
        WorkerSlot<T> slot, ValueTask<bool> validation, long ticket, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Waiter<T>? waiter = null;
        WorkerSlot<T>? checkable = null;
        bool takenAway;
        lock (_gate)
        {
            slot.Revoke();
            _served--;
            takenAway = slot.State != SlotState.Busy;
            if (!takenAway)
            {
                BeginCheck(slot);
            }

            if (!_closing)
            {
                waiter = Enqueue(ticket, slot.Holder, slot.LeasedAt, timeout, out checkable);
            }
        }

        if (!takenAway)
        {
            Check(slot, validation);
        }

        Check(checkable);
        return waiter is null ? ValueTask.FromException<WorkerLease<T>>(Closed()) : Watched(waiter, cancellationToken);
    }

    private static ValueTask<WorkerLease<T>> Watched(Waiter<T> waiter, CancellationToken cancellationToken)
    {
        var task = waiter.Task;
        waiter.Watch(cancellationToken);
        return task;
    }

    /// <summary>Queues a request and makes sure that a worker is on its way: an idle one, to be checked outside the mutex, or a new one.</summary>
    private Waiter<T> Enqueue(long ticket, object holder, long now, TimeSpan timeout, out WorkerSlot<T>? checkable)
    {
        var waiter = _spares;
        if (waiter is null)
        {
            waiter = new Waiter<T>(this, _time);
        }
        else
        {
            _spares = waiter.Next;
            _spareCount--;
        }

        waiter.Begin(ticket, holder, now, timeout);
        _waiters.Insert(waiter);
        checkable = TakeIdleToCheck();
        EnsureSupply();
        return waiter;
    }

    /// <summary>Grants a worker to the first in the queue.</summary>
    /// <returns>Who is to be completed outside the mutex; <see langword="null"/> if nobody waits, and the worker is idle now.</returns>
    private Waiter<T>? Offer(WorkerSlot<T> slot)
    {
        var waiter = _waiters.TakeHead();
        if (waiter is null)
        {
            PushIdle(slot);
            return null;
        }

        var now = _time.GetTimestamp();
        var queued = _time.GetElapsedTime(waiter.AskedAt, now);
        LeaseTo(slot, waiter.Ticket, waiter.Holder, now);
        waiter.Lease = new WorkerLease<T>(slot, waiter.Ticket, queued);
        if (queued > _longestQueued)
        {
            _longestQueued = queued;
        }

        return waiter;
    }
}
