namespace Connections.Pooling;

/// <summary>The waiters of a pool in the order of their tickets. Used under the pool's mutex only.</summary>
internal struct WaiterQueue<T>
    where T : class
{
    private LinkedQueue<Waiter<T>> _waiters;

    public readonly int Count => _waiters.Count;

    public readonly Waiter<T>? First => _waiters.First;

    public readonly bool IsEmpty => _waiters.First is null;

    public void Insert(Waiter<T> waiter)
    {
        // Only a request whose worker failed validation comes with an old ticket; its place is at or near the head.
        Waiter<T>? before = null;
        if (_waiters.Last is { } last && last.Ticket > waiter.Ticket)
        {
            before = _waiters.First;
            while (before!.Ticket < waiter.Ticket)
            {
                before = before.Next;
            }
        }

        _waiters.Insert(waiter, before);
        waiter.IsQueued = true;
    }

    public Waiter<T>? TakeHead()
    {
        var head = _waiters.First;
        if (head is not null)
        {
            Remove(head);
        }

        return head;
    }

    /// <summary>Empties the queue.</summary>
    /// <returns>The first of the former waiters, the others linked behind it.</returns>
    public Waiter<T>? TakeAll()
    {
        var head = _waiters.First;
        for (var waiter = head; waiter is not null; waiter = waiter.Next)
        {
            waiter.IsQueued = false;
        }

        _waiters.Clear();
        return head;
    }

    /// <returns>Whether it was queued: <see langword="false"/> when a grant, a timeout or a cancel came first.</returns>
    public bool Remove(Waiter<T> waiter)
    {
        if (!waiter.IsQueued)
        {
            return false;
        }

        _waiters.Remove(waiter);
        waiter.IsQueued = false;
        return true;
    }
}
