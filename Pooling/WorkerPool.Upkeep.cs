namespace Connections.Pooling;

/// <summary>What time does to workers and leases: ages, idle times, leases held too long.</summary>
public sealed partial class WorkerPool<T>
{
    private readonly ITimer? _upkeep;
    private long _leaked;

    /// <summary>Starts looking after the workers, if anything about them depends on time.</summary>
    private ITimer? BeginUpkeep()
    {
        var first = _options.Watchfulness;
        if (first == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        // Weak: the timer alone does not keep a pool alive that nobody uses any more.
        var timer = UnflowedTimer.Create(_time, static state => LookAfter((WeakReference<WorkerPool<T>>)state!), new WeakReference<WorkerPool<T>>(this));
        timer.Change(first, Timeout.InfiniteTimeSpan);
        return timer;
    }

    private static void LookAfter(WeakReference<WorkerPool<T>> known)
    {
        if (known.TryGetTarget(out var pool))
        {
            pool.LookAfter();
        }
    }

    private void LookAfter()
    {
        var leaked = new List<LeaseHolder>();
        int waiting;
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            // Whatever begins from now on needs no look before that.
            var next = _options.Watchfulness;
            foreach (var slot in _slots)
            {
                var due = Examine(slot, leaked);
                next = due < next ? due : next;
            }

            waiting = _waiters.Count;
            _upkeep!.Change(next, Timeout.InfiniteTimeSpan);
        }

        foreach (var holder in leaked)
        {
            Metrics.RecordLeak();
            PoolLog.LeaseHeldLong(
                _options.Logger, Label, holder.Member, holder.Held.TotalSeconds, _time.GetUtcNow() - holder.Held, waiting,
                holder.Stack is null ? "" : $"; it was leased{Environment.NewLine}{holder.Stack}");
        }
    }

    /// <summary>Does what is due for one worker.</summary>
    /// <returns>How long until something else may be.</returns>
    private TimeSpan Examine(WorkerSlot<T> slot, List<LeaseHolder> leaked)
    {
        if (slot.State is SlotState.Empty or SlotState.Creating or SlotState.Retiring)
        {
            return TimeSpan.MaxValue;
        }

        var rest = slot.Limits.Life - slot.ReadyAt.Ago(_time);
        if (rest <= TimeSpan.Zero)
        {
            slot.Marks |= SlotMarks.Aged;
            rest = TimeSpan.MaxValue;
        }

        var other = slot.State == SlotState.Idle ? ExamineIdle(slot) : ExamineLease(slot, leaked);
        return other < rest ? other : rest;
    }

    private TimeSpan ExamineIdle(WorkerSlot<T> slot)
    {
        var rest = _live > _minimum ? slot.Limits.Idle - slot.IdleSince.Ago(_time) : TimeSpan.MaxValue;
        if (rest > TimeSpan.Zero && !(slot.Marks.HasFlag(SlotMarks.Aged) && MayRetireAged()))
        {
            return rest;
        }

        RemoveIdle(slot);
        Condemn(slot, broken: false);
        return TimeSpan.MaxValue;
    }

    private TimeSpan ExamineLease(WorkerSlot<T> slot, List<LeaseHolder> leaked)
    {
        if (!slot.IsLeased || slot.IsReported || _options.LeakThreshold == Timeout.InfiniteTimeSpan)
        {
            return TimeSpan.MaxValue;
        }

        var rest = _options.LeakThreshold - slot.LeasedAt.Ago(_time);
        if (rest > TimeSpan.Zero)
        {
            return rest;
        }

        slot.MarkReported();
        _leaked++;
        leaked.Add(HolderOf(slot));
        return TimeSpan.MaxValue;
    }

    /// <summary>
    /// Whether an aged worker may go: not while none can be created, and one after another while requests wait, so that they wait for the others
    /// and not for all to connect.
    /// </summary>
    private bool MayRetireAged() => !_backoff.IsPending && (_waiters.IsEmpty || _creating + _retiring == 0);
}
