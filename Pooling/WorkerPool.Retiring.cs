namespace Connections.Pooling;

/// <summary>Taking workers out of use, and replacing them.</summary>
public sealed partial class WorkerPool<T>
{
    // Condemned, but their destruction has not begun.
    private int _retiring;
    private int _destroying;
    private long _broken;
    private long _retired;

    /// <summary>
    /// Replaces all workers, as is wanted when what they are connected to has changed: those that are idle are destroyed at once, those that
    /// are leased when they are returned, and those under construction when they are ready.
    /// </summary>
    /// <remarks>The workers that exist or are under construction are one generation; no lease that is granted later is of it.</remarks>
    public void Clear()
    {
        lock (_gate)
        {
            while (TakeIdle() is { } slot)
            {
                Condemn(slot, broken: false);
            }

            foreach (var slot in _slots)
            {
                slot.Marks |= SlotMarks.Stale;
            }
        }
    }

    /// <summary>Takes a worker out of use; its slot is free as soon as its destruction has begun.</summary>
    private void Condemn(WorkerSlot<T> slot, bool broken)
    {
        slot.State = SlotState.Retiring;
        _live--;
        _retiring++;
        if (broken)
        {
            _broken++;
        }
        else
        {
            _retired++;
        }

        // What failed while workers lived says nothing about the attempts that follow.
        if (_live == 0)
        {
            _failures = 0;
        }

        ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
    }

    private async Task ReplaceAsync(WorkerSlot<T> slot)
    {
        var worker = slot.Worker!;
        var destroying = DestroyAsync(worker);
        lock (_gate)
        {
            slot.Worker = null;
            _retiring--;
            _destroying++;
            Vacate(slot);

            // At once, even if other attempts wait for their delay: this worker's device served until now.
            if (!_closing && Shortage() > 0)
            {
                BeginCreation();
            }
        }

        await destroying.ConfigureAwait(false);
        lock (_gate)
        {
            _destroying--;
            SignalIfEmptied();
        }
    }

    private async Task DestroyAsync(T worker)
    {
        try
        {
            await _policy.DestroyAsync(worker).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            PoolLog.DestroyFailed(_options.Logger, Label, e);
        }
    }
}
