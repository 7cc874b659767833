using System.Diagnostics.CodeAnalysis;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A place for one holder, and the queue of those who wait for it. A lock has one; so has every held frame, for the calls made inside
/// it. All members are to be used under the mutex of the lock.
/// </summary>
internal struct LockSlot
{
    private LinkedQueue<LockWaiter> _waiters;

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
    public readonly LockWaiter? First => _waiters.First;

    /// <summary>How many wait.</summary>
    public readonly int Count => _waiters.Count;

    public void Enqueue(LockWaiter waiter) => _waiters.Append(waiter);

    public void Unlink(LockWaiter waiter) => _waiters.Remove(waiter);

    public bool TryDequeue([NotNullWhen(true)] out LockWaiter? waiter)
    {
        waiter = _waiters.First;
        if (waiter is null)
        {
            return false;
        }

        _waiters.Remove(waiter);
        return true;
    }
}
