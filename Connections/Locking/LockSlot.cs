using System.Diagnostics.CodeAnalysis;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A place for one holder, and the queue of those who wait for it. A lock has one; so has every held frame, for the calls made inside
/// it. All members are to be used under the mutex of the lock.
/// </summary>
internal struct LockSlot
{
    // Made for the first who waits: most frames never see one.
    private Queue? _queue;

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
    public readonly LockWait? First => _queue?.Waits.First;

    /// <summary>How many wait.</summary>
    public readonly int Count => _queue?.Waits.Count ?? 0;

    public void Enqueue(LockWait wait) => (_queue ??= new Queue()).Waits.Append(wait);

    public readonly void Unlink(LockWait wait) => _queue!.Waits.Remove(wait);

    public readonly bool TryDequeue([NotNullWhen(true)] out LockWait? wait)
    {
        wait = First;
        if (wait is null)
        {
            return false;
        }

        Unlink(wait);
        return true;
    }

    private sealed class Queue
    {
        public LinkedQueue<LockWait> Waits;
    }
}
