using Microsoft.Extensions.ObjectPool;

namespace Connections.Pooling;

/// <summary>Waiting: the queue, its deadlines and cancellations, and the reuse of waiters.</summary>
public sealed partial class WorkerPool<T>
{
    private const int MaxSpareWaiters = 64;

    private readonly ObjectPool<Waiter<T>> _spares;
    private long _granted;
    private long _revoked;
    private long _cancelled;
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

            _cancelled++;
        }

        waiter.Fail(new OperationCanceledException(cancellationToken));
    }

    internal void TimeOut(Waiter<T> waiter)
    {
        PoolStatistics now;
        LeaseHolder[] holders;
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
        }

        Metrics.RecordTimeout();
        waiter.Fail(TimedOut(waiter.Timeout, now, holders, explanation));
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

    internal void Recycle(Waiter<T> waiter) => _spares.Return(waiter);

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

    /// <summary>Queues a request whose worker proved broken, or did not say at once that it is well; it keeps its ticket.</summary>
    private Waiter<T> Requeue(WorkerSlot<T> slot, ValueTask<bool> validation, in Request request, long ticket)
    {
        Waiter<T> waiter;
        WorkerSlot<T>? checkable = null;
        bool takenAway;
        lock (_gate)
        {
            slot.Revoke();
            _revoked++;
            takenAway = slot.State != SlotState.Busy;
            if (!takenAway)
            {
                BeginCheck(slot);
            }

            waiter = _closing ? Refused(request, ticket, Closed()) : Enqueue(request, ticket, out checkable);
        }

        if (!takenAway)
        {
            Check(slot, validation);
        }

        Check(checkable);
        return waiter;
    }

    private Waiter<T> Refused(in Request request, long ticket, Exception refusal)
    {
        var waiter = new Waiter<T>(this, _time);
        waiter.Begin(request, ticket);
        waiter.Fail(refusal);
        return waiter;
    }

    /// <summary>Queues a request and makes sure that a worker is on its way: an idle one, to be checked outside the mutex, or a new one.</summary>
    private Waiter<T> Enqueue(in Request request, long ticket, out WorkerSlot<T>? checkable)
    {
        var waiter = _spares.Get();
        waiter.Begin(request, ticket);
        _waiters.Insert(waiter);
        checkable = TakeIdleToCheck();
        EnsureSupply(isAsked: true);
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
        slot.Lease(waiter.Ticket, waiter.Holder, waiter.Stack, ++_granted, Moment.At(now));
        waiter.Lease = new WorkerLease<T>(slot, waiter.Ticket, queued);
        if (queued > _longestQueued)
        {
            _longestQueued = queued;
        }

        return waiter;
    }

    /// <summary>Makes waiters, which serve again: the scratch objects of requests that have to wait.</summary>
    private sealed class WaiterFactory(WorkerPool<T> pool) : PooledObjectPolicy<Waiter<T>>
    {
        public override Waiter<T> Create() => new(pool, pool._time);

        public override bool Return(Waiter<T> obj) => true;
    }
}
