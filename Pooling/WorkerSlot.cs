using System.Diagnostics;

namespace Connections.Pooling;

/// <summary>
/// One of a pool's places for a worker; a pool has as many slots as its size, which is what bounds it. As a work
/// item it creates or destroys its worker on the thread pool, free of any request's execution context.
/// </summary>
/// <remarks>All but reading the lease's worker happens under the pool's mutex.</remarks>
internal sealed class WorkerSlot<T>(WorkerPool<T> pool) : IThreadPoolWorkItem
    where T : class
{
    // The lease that is out, zero for none.
    private long _ticket;
    private long _reportedTicket;
    private long _usesLeft;

    public WorkerPool<T> Pool => pool;

    /// <summary>The next in the stack of idle or of empty slots; a slot is in one of them at most.</summary>
    public WorkerSlot<T>? Next { get; set; }

    public SlotState State { get; set; }

    public SlotMarks Marks { get; set; }

    public T? Worker { get; set; }

    /// <summary>For how long the worker may idle, live and serve.</summary>
    public WorkerLimits Limits { get; private set; }

    /// <summary>Since when the worker exists.</summary>
    public Moment ReadyAt { get; private set; }

    /// <summary>Since when the worker is idle; kept only where something depends on it.</summary>
    public Moment IdleSince { get; set; }

    /// <summary>Who holds the lease; its text is the member for messages.</summary>
    public object Holder { get; private set; } = "";

    /// <summary>Where the lease was asked for, if that is captured.</summary>
    public StackTrace? Stack { get; private set; }

    /// <summary>When the lease was granted.</summary>
    public Moment LeasedAt { get; private set; }

    /// <summary>The place of the lease in the order of granting.</summary>
    public long GrantOrder { get; private set; }

    /// <summary>How many rounds of creation had failed in a row when this attempt began.</summary>
    public int Round { get; set; }

    /// <summary>Whether the attempt under way is one that the pool's start waits for.</summary>
    public bool Starting { get; set; }

    public bool IsLeased => State == SlotState.Busy && Ticket != 0;

    /// <summary>Whether the lease that is out was reported as held too long.</summary>
    public bool IsReported => _reportedTicket == Ticket;

    public long Ticket => Volatile.Read(ref _ticket);

    public void Fill(T worker, WorkerLimits limits, Moment now)
    {
        Worker = worker;
        Limits = limits;
        ReadyAt = now;
        _usesLeft = limits.Uses;
    }

    public void Lease(long ticket, object holder, StackTrace? stack, long grantOrder, Moment now)
    {
        State = SlotState.Busy;
        Holder = holder;
        Stack = stack;
        GrantOrder = grantOrder;
        LeasedAt = now;
        Volatile.Write(ref _ticket, ticket);
    }

    /// <summary>Takes back a lease that the requester has not seen.</summary>
    public void Revoke() => Volatile.Write(ref _ticket, 0);

    /// <summary>Ends the lease, unless it has ended before.</summary>
    public void EndLease(long ticket)
    {
        EnsureLeased(ticket);
        Volatile.Write(ref _ticket, 0);
        if (--_usesLeft <= 0)
        {
            Marks |= SlotMarks.Aged;
        }
    }

    public void Mark(long ticket, SlotMarks mark)
    {
        EnsureLeased(ticket);
        Marks |= mark;
    }

    public void MarkReported() => _reportedTicket = Ticket;

    /// <summary>The worker, for the holder of the lease; outside the mutex.</summary>
    public T WorkerOf(long ticket)
    {
        var worker = Worker;
        EnsureLeased(ticket);
        return worker ?? throw pool.Closed();
    }

    /// <summary>How long the lease has been held; outside the mutex.</summary>
    public TimeSpan HeldBy(long ticket)
    {
        var held = LeasedAt.Ago(pool.Options.TimeProvider);
        EnsureLeased(ticket);
        return held;
    }

    void IThreadPoolWorkItem.Execute() => pool.Advance(this);

    private void EnsureLeased(long ticket)
    {
        if (Ticket != ticket)
        {
            throw new InvalidOperationException(
                $"Lease {ticket} of {pool.Label} was returned before: a lease is good for one return, by whichever copy of it. Return it in one place, best with 'using'.");
        }
    }
}
