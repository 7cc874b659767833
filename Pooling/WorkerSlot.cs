namespace Connections.Pooling;

/// <summary>Where a worker is in its life; changed under the pool's mutex only.</summary>
internal enum SlotState
{
    /// <summary>No worker: room for one.</summary>
    Empty,

    /// <summary>A worker is under construction.</summary>
    Creating,

    /// <summary>The worker is free.</summary>
    Idle,

    /// <summary>The worker is validated for whoever is first in the queue by then.</summary>
    Checking,

    /// <summary>The worker is leased, or being reset after a lease.</summary>
    Busy,

    /// <summary>The worker is condemned; its destruction has not begun yet, so it still counts.</summary>
    Retiring,
}

/// <summary>
/// One of a pool's places for a worker; a pool has as many slots as its size, which is what bounds it. As a work
/// item it creates or destroys its worker on the thread pool, free of any request's execution context.
/// </summary>
internal sealed class WorkerSlot<T>(WorkerPool<T> pool) : IThreadPoolWorkItem
    where T : class
{
    // The lease that is out, zero for none. A return claims it by compare-and-swap: two returns never both succeed.
    private long _ticket;

    // A ticket, not a flag: a late mark through a copy of an old lease must not hit the next holder's worker.
    private long _brokenTicket;

    /// <summary>The next in the stack of idle or of empty slots; a slot is in one of them at most.</summary>
    public WorkerSlot<T>? Next { get; set; }

    public SlotState State { get; set; }

    public T? Worker { get; set; }

    /// <summary>Who holds the lease; its text is the member for messages.</summary>
    public object Holder { get; private set; } = "";

    /// <summary>When the lease was granted, a timestamp of the pool's clock.</summary>
    public long LeasedAt { get; private set; }

    /// <summary>How many rounds of creation had failed in a row when this attempt began.</summary>
    public int Round { get; set; }

    /// <summary>Whether the attempt under way is one that the pool's start waits for.</summary>
    public bool Starting { get; set; }

    public long Ticket => Volatile.Read(ref _ticket);

    public void Lease(long ticket, object holder, long now)
    {
        State = SlotState.Busy;
        Holder = holder;
        LeasedAt = now;
        Volatile.Write(ref _ticket, ticket);
    }

    /// <summary>Takes back a lease that the requester has not seen.</summary>
    public void Revoke() => Volatile.Write(ref _ticket, 0);

    public T WorkerOf(long ticket)
    {
        var worker = Worker;
        if (Ticket != ticket)
        {
            throw Returned(ticket);
        }

        return worker ?? throw pool.Closed();
    }

    public void MarkBroken(long ticket)
    {
        if (Ticket != ticket)
        {
            throw Returned(ticket);
        }

        Volatile.Write(ref _brokenTicket, ticket);
    }

    public void Return(long ticket)
    {
        if (Interlocked.CompareExchange(ref _ticket, 0, ticket) != ticket)
        {
            throw Returned(ticket);
        }

        pool.Return(this, broken: Volatile.Read(ref _brokenTicket) == ticket);
    }

    void IThreadPoolWorkItem.Execute() => pool.Advance(this);

    private InvalidOperationException Returned(long ticket) => new(
        $"Lease {ticket} of {pool.Label} was returned before: a lease is good for one return, by whichever copy of it. Return it in one place, best with 'using'.");
}
