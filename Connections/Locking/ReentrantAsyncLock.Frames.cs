using System.Diagnostics.CodeAnalysis;
using Connections.Locking.Deadlocks;

namespace Connections.Locking;

// The algorithm. A lock has a root slot, and each held frame is a slot. A slot has at most one occupant and a queue. Whoever enters
// competes in the slot of the nearest held frame of this lock around it, or else in the root slot.
public sealed partial class ReentrantAsyncLock
{
    // Not async, so that the frame becomes current in the caller's own flow, also while it has still to wait.
    private LockFrame Enter(TimeSpan timeout, WayToWait way, string member, out LockWait? wait)
    {
        wait = null;
        var isNews = false;
        var outer = AmbientFrame.Current;
        var frame = new LockFrame(this, outer, member, isTimed: timeout != Timeout.InfiniteTimeSpan);
        lock (_mutex)
        {
            frame.Container = FindHeld(outer);
            ref var slot = ref SlotInside(frame.Container);
            if (slot.Occupant is null)
            {
                frame.Grant();
                Occupy(ref slot, frame);
            }
            else
            {
                wait = LockWait.Of(frame, timeout, way);
                slot.Enqueue(wait);
                isNews = !_isWatched;
                _isWatched = true;
            }
        }

        if (isNews)
        {
            DeadlockDetector.For(Options.TimeProvider).Watch(this);
        }

        frame.AddToFlow();
        return frame;
    }

    private void Occupy(ref LockSlot slot, LockFrame frame)
    {
        slot.Occupant = frame;
        if (frame.Container is null)
        {
            _holdWatch?.OnGranted();
        }
    }

    /// <summary>Ends a frame that is held, and grants its place to the next, unless a child is still inside.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="loss">What went wrong with the scope around the lock, to be thrown when all else is done; usually null.</param>
    /// <returns>The one that was granted, to be completed outside the mutex.</returns>
    internal LockWait? Leave(LockFrame frame, out Exception? loss)
    {
        loss = null;
        LockWait? next;
        lock (_mutex)
        {
            if (!frame.TryEnd())
            {
                return null;
            }

            MoveWaitersOutward(frame);
            next = frame.Slot.Occupant is null ? Vacate(frame, ref loss) : null;
        }

        if (LockMetrics.Hold.Enabled)
        {
            LockMetrics.Hold.Record(frame.HeldFor.TotalSeconds);
        }

        return next;
    }

    /// <summary>Takes a frame that waits out of its queue, unless it was granted before.</summary>
    internal bool TryGiveUp(LockFrame frame, [NotNullWhen(true)] out LockWait? wait, out LockHolder holder)
    {
        lock (_mutex)
        {
            wait = frame.Wait;
            if (wait is null)
            {
                holder = default;
                return false;
            }

            ref var slot = ref SlotInside(frame.Container);
            slot.Unlink(wait);
            wait.GiveUp();
            holder = DescribeHolder(ref slot);
            return true;
        }
    }

    // Frees the slot that an ended frame occupies, and those of ended frames around it that waited only for this one to leave.
    private LockWait? Vacate(LockFrame frame, ref Exception? loss)
    {
        while (true)
        {
            ref var slot = ref SlotInside(frame.Container);
            slot.Occupant = null;
            if (frame.Container is null)
            {
                loss = LeaveScope();
            }

            if (frame.Container is not { State: FrameState.Ended } closing)
            {
                return GrantNext(ref slot);
            }

            frame = closing;
        }
    }

    private LockWait? GrantNext(ref LockSlot slot)
    {
        if (!slot.TryDequeue(out var next))
        {
            return null;
        }

        next.Grant();
        Occupy(ref slot, next.Frame);
        return next;
    }

    // Those who waited for their turn inside a scope that has ended are outsiders now: they join the tail of the queue around it.
    private void MoveWaitersOutward(LockFrame frame)
    {
        if (frame.Slot.First is null)
        {
            return;
        }

        var container = frame.Container;
        while (container is { State: FrameState.Ended })
        {
            container = container.Container;
        }

        while (frame.Slot.TryDequeue(out var wait))
        {
            wait.Frame.Container = container;
            SlotInside(container).Enqueue(wait);
        }
    }

    private ref LockSlot SlotInside(LockFrame? container)
    {
        if (container is null)
        {
            return ref _root;
        }

        return ref container.Slot;
    }

    private LockFrame? FindHeld(AmbientFrame? innermost)
    {
        for (var frame = innermost; frame is not null; frame = frame.Outer)
        {
            if (frame is LockFrame { State: FrameState.Held } held && ReferenceEquals(held.Owner, this))
            {
                return held;
            }
        }

        return null;
    }

    bool IWaitSource.Collect(ICollection<PendingWait> waits)
    {
        lock (_mutex)
        {
            var before = waits.Count;
            for (var frame = CollectFrom(ref _root, waits); frame is not null;)
            {
                frame = CollectFrom(ref frame.Slot, waits);
            }

            return _isWatched = waits.Count > before;
        }
    }

    // Gives the frame inside, whose slot is the next to look at.
    private static LockFrame? CollectFrom(ref LockSlot slot, ICollection<PendingWait> waits)
    {
        if (slot.Holder is { } holder)
        {
            AmbientFrame[] holders = [holder];
            for (var wait = slot.First; wait is not null; wait = wait.Next)
            {
                waits.Add(new PendingWait(wait.Frame, holders));
            }
        }

        return slot.Occupant;
    }

    private LockHolder DescribeHolder(ref LockSlot slot)
    {
        if (slot.Holder is not { } holder)
        {
            return default;
        }

        var heldFor = holder.HeldFor;
        return new LockHolder(holder.Member, holder.Path, Options.TimeProvider.GetUtcNow() - heldFor, heldFor, slot.Count);
    }

    private static void ValidateTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout < TimeSpan.Zero || timeout.TotalMilliseconds > uint.MaxValue - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A timeout is zero or more and at most 49 days, or Timeout.InfiniteTimeSpan.");
        }
    }
}
