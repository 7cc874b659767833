namespace Connections.Pooling;

/// <summary>
/// The right to use one worker until it is disposed. It carries a stamp, so that a lease, and each copy of it, is good for one
/// return: whatever comes after throws and touches nobody else's lease.
/// </summary>
/// <typeparam name="T">The class of the worker.</typeparam>
public readonly struct WorkerLease<T> : IDisposable, IAsyncDisposable, IEquatable<WorkerLease<T>>
    where T : class
{
    private readonly WorkerSlot<T>? _slot;

    internal WorkerLease(WorkerSlot<T> slot, long ticket, TimeSpan queued)
    {
        _slot = slot;
        Ticket = ticket;
        Queued = queued;
    }

    /// <summary>The leased worker.</summary>
    /// <exception cref="InvalidOperationException">The lease was returned.</exception>
    /// <exception cref="PoolClosedException">The pool closed and took the worker away.</exception>
    public T Worker => Current.WorkerOf(Ticket);

    /// <summary>The place in the order of asking, from 1; no two requests of a pool share one. Also the stamp of the lease.</summary>
    public long Ticket { get; }

    /// <summary>How long the request waited for the worker; zero if one was free.</summary>
    public TimeSpan Queued { get; }

    /// <summary>The place of the lease in the order of granting, from 1, growing: what tells in which order leases were served.</summary>
    /// <exception cref="InvalidOperationException">This is no lease.</exception>
    public long GrantOrder => Current.GrantOrder;

    /// <summary>For how long the lease has been held; with the system's clock to some milliseconds.</summary>
    /// <exception cref="InvalidOperationException">The lease was returned.</exception>
    public TimeSpan Held => Current.HeldBy(Ticket);

    private WorkerSlot<T> Current => _slot ?? throw new InvalidOperationException("This is no lease: the struct was never granted by a pool.");

    /// <summary>Says that the worker is broken: on return it is destroyed and replaced.</summary>
    /// <exception cref="InvalidOperationException">The lease was returned.</exception>
    public void MarkBroken() => Current.Pool.Mark(Current, Ticket, SlotMarks.Broken);

    /// <summary>
    /// Says that the holder changed the worker's state, or may have: on return it is treated as <see cref="WorkerPoolOptions.Reuse"/> says.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lease was returned.</exception>
    public void MarkChanged() => Current.Pool.Mark(Current, Ticket, SlotMarks.Changed);

    /// <summary>
    /// Returns the worker. A policy's reset that does not complete at once goes on in the background, and the worker is
    /// given to the next request after it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lease was returned before, through this struct or a copy of it.</exception>
    public void Dispose() => Current.Pool.Return(Current, Ticket);

    /// <summary>The same as <see cref="Dispose"/>, for <c>await using</c>; it never waits.</summary>
    /// <exception cref="InvalidOperationException">The lease was returned before, through this struct or a copy of it.</exception>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether both are the same lease, or copies of it.</summary>
    /// <param name="other">The lease to compare with.</param>
    public bool Equals(WorkerLease<T> other) => ReferenceEquals(_slot, other._slot) && Ticket == other.Ticket;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WorkerLease<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Ticket.GetHashCode();

    /// <summary>Whether both are the same lease, or copies of it.</summary>
    public static bool operator ==(WorkerLease<T> left, WorkerLease<T> right) => left.Equals(right);

    /// <summary>Whether they are different leases.</summary>
    public static bool operator !=(WorkerLease<T> left, WorkerLease<T> right) => !left.Equals(right);
}
