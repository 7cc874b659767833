namespace Connections.Locking;

/// <summary>
/// A place for one holder, and the queue of those who wait for it. A lock has one; so has every held frame, for the calls made inside
/// it. All members are to be used under the mutex of the lock.
/// </summary>
internal struct LockSlot
{
    private LockWaiter? _first;
    private LockWaiter? _last;

    /// <summary>The frame inside this slot: held, or released while a child of its own is still inside.</summary>
    public LockFrame? Occupant { readonly get; set; }

    /// <summary>
    /// The frame that must be left before the next is granted: the occupant, or, if that has ended and stays only for the sake of the
    /// child inside it, that child.
    /// </summary>
    public readonly LockFrame? Holder
    {
        get
        {
            var holder = Occupant;
            while (holder is { State: FrameState.Ended })
            {
                holder = holder.Slot.Occupant;
            }

            return holder;
        }
    }

    /// <summary>The head of the queue.</summary>
    public readonly LockWaiter? First => _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public void Enqueue(LockWaiter waiter)
    {
        waiter.Previous = _last;
        waiter.Next = null;
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
        Count++;
    }

    public bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LockWaiter? waiter)
    {
        waiter = _first;
        if (waiter is null)
        {
            return false;
        }

        Unlink(waiter);
        return true;
    }

    public void Unlink(LockWaiter waiter)
    {
        if (waiter.Previous is null)
        {
            _first = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            _last = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.Previous = waiter.Next = null;
        Count--;
    }
}
