namespace Connections.Pooling;

/// <summary>Workers that exist: leased, returned, reset, validated, idle.</summary>
public sealed partial class WorkerPool<T>
{
    private int _checking;

    internal void Return(WorkerSlot<T> slot, bool broken)
    {
        if (broken || _closing)
        {
            Retire(slot, broken, null);
            return;
        }

        // Closing takes a worker from its holder when the time to drain is over: then there is nothing to put back.
        if (slot.Worker is not { } worker)
        {
            return;
        }

        var reset = Reset(worker);
        if (!reset.IsCompletedSuccessfully)
        {
            _ = FinishResetAsync(slot, reset);
        }
        else if (reset.Result)
        {
            PutBack(slot);
        }
        else
        {
            Retire(slot, broken: true, null);
        }
    }

    private void LeaseTo(WorkerSlot<T> slot, long ticket, object holder, long now)
    {
        slot.Lease(ticket, holder, now);
        _served++;
    }

    private ValueTask<bool> Validate(T worker)
    {
        try
        {
            return _policy.ValidateAsync(worker, _lifetimeToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<bool>(e);
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
        if (well)
        {
            PutBack(slot);
        }
        else
        {
            Retire(slot, broken: !_closing, error);
        }
    }

    private void PutBack(WorkerSlot<T> slot)
    {
        lock (_gate)
        {
            if (slot.State != SlotState.Busy)
            {
                return;
            }

            if (_closing)
            {
                Condemn(slot, broken: false);
                return;
            }

            if (_waiters.IsEmpty)
            {
                PushIdle(slot);
                return;
            }

            BeginCheck(slot);
        }

        Check(slot);
    }

    private void Retire(WorkerSlot<T> slot, bool broken, Exception? error)
    {
        lock (_gate)
        {
            if (slot.State != SlotState.Busy)
            {
                return;
            }

            Condemn(slot, broken);
        }

        if (broken)
        {
            PoolLog.WorkerBroke(_options.Logger, Label, error);
        }
    }

    /// <summary>Validates a worker for the head of the queue, and after a broken one the next idle one.</summary>
    private void Check(WorkerSlot<T>? slot)
    {
        while (slot is not null)
        {
            var validation = Validate(slot.Worker!);
            if (!validation.IsCompletedSuccessfully)
            {
                _ = FinishCheckAsync(slot, validation);
                return;
            }

            slot = Settle(slot, validation.Result, null);
        }
    }

    private void Check(WorkerSlot<T> slot, ValueTask<bool> validation)
    {
        if (validation.IsCompletedSuccessfully)
        {
            Check(Settle(slot, validation.Result, null));
        }
        else
        {
            _ = FinishCheckAsync(slot, validation);
        }
    }

    private async Task FinishCheckAsync(WorkerSlot<T> slot, ValueTask<bool> validation)
    {
        (var well, var error) = await OutcomeAsync(validation).ConfigureAwait(false);
        Check(Settle(slot, well, error));
    }

    /// <summary>Hands a validated worker on, or condemns it.</summary>
    /// <returns>A further idle worker to validate, because one that was counted on is broken.</returns>
    private WorkerSlot<T>? Settle(WorkerSlot<T> slot, bool well, Exception? error)
    {
        Waiter<T>? granted = null;
        WorkerSlot<T>? next = null;
        bool broken;
        lock (_gate)
        {
            _checking--;
            broken = !well && !_closing;
            if (well && !_closing)
            {
                granted = Offer(slot);
            }
            else
            {
                Condemn(slot, broken);
                next = TakeIdleToCheck();
            }
        }

        if (broken)
        {
            PoolLog.WorkerBroke(_options.Logger, Label, error);
        }

        granted?.Complete();
        return next;
    }

    private static async ValueTask<(bool Well, Exception? Error)> OutcomeAsync(ValueTask<bool> verdict)
    {
        try
        {
            return (await verdict.ConfigureAwait(false), null);
        }
        catch (Exception e)
        {
            return (false, e);
        }
    }

    private void PushIdle(WorkerSlot<T> slot)
    {
        slot.State = SlotState.Idle;
        slot.Next = _idle;
        _idle = slot;
    }

    private WorkerSlot<T>? TakeIdle()
    {
        var slot = _idle;
        if (slot is not null)
        {
            _idle = slot.Next;
        }

        return slot;
    }

    /// <summary>An idle worker, if someone waits for whom no worker is being validated yet.</summary>
    private WorkerSlot<T>? TakeIdleToCheck()
    {
        if (_waiters.Count <= _checking || TakeIdle() is not { } slot)
        {
            return null;
        }

        BeginCheck(slot);
        return slot;
    }

    private void BeginCheck(WorkerSlot<T> slot)
    {
        slot.State = SlotState.Checking;
        _checking++;
    }
}
