using System.Diagnostics.CodeAnalysis;
using Connections.Locking.Deadlocks;

namespace Connections.Locking;

// The algorithm. A lock has a root slot, and each held frame is a slot. A slot has at most one occupant and a queue. Whoever enters
// competes in the slot of the nearest held frame of this lock around it, or else in the root slot.
public sealed partial class ReentrantAsyncLock
{
    // Not async, so that the frame becomes current in the caller's own flow, also while it has still to wait.
    private bool TryEnter(string member, bool isTry, [NotNullWhen(true)] out LockFrame? granted, [NotNullWhen(false)] out LockWaiter? waiter)
    {
        granted = null;
        waiter = null;
        var isContended = false;
        var outer = AmbientFrame.Current;
        lock (_mutex)
        {
            var container = FindHeld(outer);
            ref var slot = ref SlotInside(container);
            if (slot.Occupant is null)
            {
                granted = new LockFrame(this, outer, member) { Container = container };
                Occupy(ref slot, granted);
            }
            else
            {
                waiter = new LockWaiter(this, outer, member, isTry) { Container = container };
                slot.Enqueue(waiter);
                isContended = !_isWatched;
                _isWatched = true;
            }
        }

        if (isContended)
        {
            DeadlockDetector.For(Options.TimeProvider).Watch(this);
        }

        (granted ?? waiter!).MakeCurrent();
        return granted is not null;
    }

    private void Occupy(ref LockSlot slot, LockFrame frame)
    {
        slot.Occupant = frame;
        frame.Grant(Options.TimeProvider.GetTimestamp());
    }

    /// <summary>Ends a frame that is held, and grants its place to the next, unless a child is still inside.</summary>
    internal void Leave(LockFrame frame)
    {
        LockWaiter? next;
        lock (_mutex)
        {
            if (!frame.TryEnd())
            {
                return;
            }

            MoveWaitersOutward(frame);
            next = frame.Slot.Occupant is null ? Vacate(frame) : null;
        }

        next?.Complete();
        if (LockMetrics.Hold.Enabled)
        {
            LockMetrics.Hold.Record(frame.HeldFor.TotalSeconds);
        }
    }

    /// <summary>Takes a waiter out of its queue, unless it was granted before.</summary>
    internal bool TryGiveUp(LockWaiter waiter, out LockHolder holder)
    {
        lock (_mutex)
        {
            if (waiter.State != FrameState.Pending)
            {
                holder = default;
                return false;
            }

            ref var slot = ref SlotInside(waiter.Container);
            slot.Unlink(waiter);
            waiter.TryEnd();
            holder = DescribeHolder(ref slot);
            return true;
        }
    }

    // Frees the slot that an ended frame occupies, and those of ended frames around it that waited only for this one to leave.
    private LockWaiter? Vacate(LockFrame frame)
    {
        while (true)
        {
            ref var slot = ref SlotInside(frame.Container);
            slot.Occupant = null;
            if (frame.Container is not { State: FrameState.Ended } closing)
            {
                return GrantNext(ref slot);
            }

            frame = closing;
        }
    }

    private LockWaiter? GrantNext(ref LockSlot slot)
    {
        if (!slot.TryDequeue(out var next))
        {
            return null;
        }

        Occupy(ref slot, next);
        return next;
    }

    // Those who waited for their turn inside a scope that has ended are outsiders now: they join the tail of the queue around it.
    private void MoveWaitersOutward(LockFrame frame)
    {
        var container = frame.Container;
        while (container is { State: FrameState.Ended })
        {
            container = container.Container;
        }

        while (frame.Slot.TryDequeue(out var waiter))
        {
            waiter.Container = container;
            SlotInside(waiter.Container).Enqueue(waiter);
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
            for (var waiter = slot.First; waiter is not null; waiter = waiter.Next)
            {
                waits.Add(new PendingWait(waiter, holders));
            }
        }

        return slot.Occupant;
    }

    private static LockHolder DescribeHolder(ref LockSlot slot) =>
        slot.Holder is { } holder ? new LockHolder(holder.Member, holder.HeldFor, slot.Count) : default;

    private static void ValidateTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout < TimeSpan.Zero || timeout.TotalMilliseconds > uint.MaxValue - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A timeout is zero or more and at most 49 days, or Timeout.InfiniteTimeSpan.");
        }
    }
}
