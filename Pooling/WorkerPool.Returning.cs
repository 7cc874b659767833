namespace Connections.Pooling;

/// <summary>Workers that come back: put back, reset, or destroyed.</summary>
public sealed partial class WorkerPool<T>
{
    internal void Return(WorkerSlot<T> slot, long ticket)
    {
        Moment since;
        Waiter<T>? granted = null;
        var needsCheck = false;
        bool needsJudgement;
        lock (_gate)
        {
            slot.EndLease(ticket);
            since = slot.LeasedAt;
            needsJudgement = slot.Marks != SlotMarks.None || _closing;
            if (!needsJudgement)
            {
                needsCheck = PutBack(slot, out granted);
            }
        }

        if (PoolMetrics.TimesUse)
        {
            Metrics.RecordUse(since.Ago(_time));
        }

        if (needsJudgement)
        {
            Judge(slot, null);
        }
        else if (needsCheck)
        {
            Check(slot);
        }

        granted?.Complete();
    }

    internal void Mark(WorkerSlot<T> slot, long ticket, SlotMarks mark)
    {
        lock (_gate)
        {
            slot.Mark(ticket, mark);
        }
    }

    /// <summary>Gives a worker that came back to the next in the queue, or makes it idle.</summary>
    /// <returns>Whether it is to be validated for the next in the queue, outside the mutex.</returns>
    private bool PutBack(WorkerSlot<T> slot, out Waiter<T>? granted)
    {
        granted = null;
        if (_waiters.IsEmpty)
        {
            PushIdle(slot);
            return false;
        }

        if (_validatesAlways)
        {
            BeginCheck(slot);
            return true;
        }

        granted = Offer(slot);
        return false;
    }

    /// <summary>Decides what becomes of a worker that came back marked, or to a pool that is closing.</summary>
    private void Judge(WorkerSlot<T> slot, Exception? error)
    {
        Waiter<T>? granted = null;
        bool needsReset = false, needsCheck = false, broken = false;
        lock (_gate)
        {
            // Closing takes a worker from its holder when the time to drain is over: then there is nothing left to decide.
            if (slot.State != SlotState.Busy)
            {
                return;
            }

            if (_closing || IsSpent(slot))
            {
                broken = slot.Marks.HasFlag(SlotMarks.Broken) && !_closing;
                Condemn(slot, broken);
            }
            else if (slot.Marks.HasFlag(SlotMarks.Changed) && _options.Reuse == WorkerReuse.Reset)
            {
                needsReset = true;
            }
            else
            {
                slot.Marks &= ~SlotMarks.Changed;
                needsCheck = PutBack(slot, out granted);
            }
        }

        ReportDeath(broken, error);
        if (needsReset)
        {
            Reset(slot);
        }
        else if (needsCheck)
        {
            Check(slot);
        }

        granted?.Complete();
    }

    /// <summary>Whether a worker that came back is not to be used again.</summary>
    private bool IsSpent(WorkerSlot<T> slot) =>
        (slot.Marks & (SlotMarks.Broken | SlotMarks.Stale)) != 0
        || (slot.Marks.HasFlag(SlotMarks.Changed) && _options.Reuse == WorkerReuse.Recycle)
        || (slot.Marks.HasFlag(SlotMarks.Aged) && MayRetireAged());

    private void Reset(WorkerSlot<T> slot)
    {
        // Closing takes the worker only from its slot.
        var reset = slot.Worker is { } worker ? Reset(worker) : new ValueTask<bool>(true);
        if (reset.IsCompletedSuccessfully)
        {
            FinishReset(slot, reset.Result, null);
        }
        else
        {
            _ = FinishResetAsync(slot, reset);
        }
    }

    private ValueTask<bool> Reset(T worker)
    {
        try
        {
            return _policy.ResetAsync(worker, _lifetimeToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<bool>(e);
        }
    }

    private async Task FinishResetAsync(WorkerSlot<T> slot, ValueTask<bool> reset)
    {
        (var well, var error) = await OutcomeAsync(reset).ConfigureAwait(false);
        FinishReset(slot, well, error);
    }

    private void FinishReset(WorkerSlot<T> slot, bool well, Exception? error)
    {
        lock (_gate)
        {
            slot.Marks = (slot.Marks & ~SlotMarks.Changed) | (well ? SlotMarks.None : SlotMarks.Broken);
        }

        Judge(slot, error);
    }

    private void ReportDeath(bool broken, Exception? error)
    {
        if (broken)
        {
            Metrics.RecordDeath();
            PoolLog.WorkerBroke(_options.Logger, Label, error);
        }
    }
}
