namespace Connections.Pooling;

/// <summary>The waiters of a pool in the order of their tickets, an intrusive list. Used under the pool's mutex only.</summary>
internal struct WaiterQueue<T>
    where T : class
{
    private Waiter<T>? _head;
    private Waiter<T>? _tail;

    public int Count { get; private set; }

    public readonly bool IsEmpty => _head is null;

    public void Insert(Waiter<T> waiter)
    {
        // Only a request whose worker failed validation comes with an old ticket; its place is at or near the head.
        Waiter<T>? after = null;
        if (_tail is not null && _tail.Ticket > waiter.Ticket)
        {
            after = _head;
            while (after!.Ticket < waiter.Ticket)
            {
                after = after.Next;
            }
        }

        Link(waiter, after is null ? _tail : after.Previous, after);
    }

    public Waiter<T>? TakeHead()
    {
        var head = _head;
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
        var head = _head;
        for (var waiter = head; waiter is not null; waiter = waiter.Next)
        {
            waiter.IsQueued = false;
        }

        _head = _tail = null;
        Count = 0;
        return head;
    }

    /// <returns>Whether it was queued: <see langword="false"/> when a grant, a timeout or a cancel came first.</returns>
    public bool Remove(Waiter<T> waiter)
    {
        if (!waiter.IsQueued)
        {
            return false;
        }

        if (waiter.Previous is null)
        {
            _head = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            _tail = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.Previous = waiter.Next = null;
        waiter.IsQueued = false;
        Count--;
        return true;
    }

    private void Link(Waiter<T> waiter, Waiter<T>? before, Waiter<T>? after)
    {
        waiter.Previous = before;
        waiter.Next = after;
        if (before is null)
        {
            _head = waiter;
        }
        else
        {
            before.Next = waiter;
        }

        if (after is null)
        {
            _tail = waiter;
        }
        else
        {
            after.Previous = waiter;
        }

        waiter.IsQueued = true;
        Count++;
    }
}
