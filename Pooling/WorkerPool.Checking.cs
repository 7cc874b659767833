namespace Connections.Pooling;

/// <summary>Workers that are idle, and their validation.</summary>
public sealed partial class WorkerPool<T>
{
    private readonly bool _validatesAlways;
    private readonly bool _timesIdling;
    private int _checking;

    private bool HasIdledLong(WorkerSlot<T> slot) =>
        _options.ValidateAfterIdle != Timeout.InfiniteTimeSpan && slot.IdleSince.Ago(_time) >= _options.ValidateAfterIdle;

    private ValueTask<bool> Validate(T? worker)
    {
        try
        {
            // Closing may have taken it from whoever was just granted it.
            return worker is null ? new ValueTask<bool>(false) : _policy.ValidateAsync(worker, _lifetimeToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<bool>(e);
        }
    }

    /// <summary>Validates a worker for the head of the queue, and after a broken one the next idle one.</summary>
    private void Check(WorkerSlot<T>? slot)
    {
        while (slot is not null)
        {
            var validation = Validate(slot.Worker);
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
            if (well && !_closing && !slot.Marks.HasFlag(SlotMarks.Stale))
            {
                granted = Offer(slot);
            }
            else
            {
                Condemn(slot, broken);
                next = TakeIdleToCheck();
            }
        }

        ReportDeath(broken, error);
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
        if (_timesIdling)
        {
            slot.IdleSince = Moment.Now(_time, exactly: false);
        }
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

    /// <summary>Takes an idle worker from wherever it is among them.</summary>
    private void RemoveIdle(WorkerSlot<T> slot)
    {
        if (ReferenceEquals(_idle, slot))
        {
            _idle = slot.Next;
            return;
        }

        var above = _idle!;
        while (!ReferenceEquals(above.Next, slot))
        {
            above = above.Next!;
        }

        above.Next = slot.Next;
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
