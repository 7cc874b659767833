namespace Connections.Pooling;

/// <summary>Who waits for whom, for what looks at several pools and locks together.</summary>
public sealed partial class WorkerPool<T>
{
    /// <summary>Lists those who wait for a worker and those who have one, as they gave themselves as holders.</summary>
    /// <returns>Whether those who wait depend on the holders alone: no worker is free, and none is on its way or to be hoped for.</returns>
    internal bool Inspect(ICollection<object> waiting, ICollection<object> holders)
    {
        lock (_gate)
        {
            for (var waiter = _waiters.First; waiter is not null; waiter = waiter.Next)
            {
                waiting.Add(waiter.Holder);
            }

            var hopeless = _failures >= _options.MaxCreateFailures;
            var dependsOnHolders = true;
            foreach (var slot in _slots)
            {
                if (slot.IsLeased)
                {
                    holders.Add(slot.Holder);
                }
                else
                {
                    dependsOnHolders &= hopeless && slot.State == SlotState.Empty;
                }
            }

            return dependsOnHolders;
        }
    }

    /// <summary>Ends the wait of a holder to be with an error, unless it has ended already.</summary>
    internal bool TryFail(object holder, Exception error)
    {
        Waiter<T>? waiter;
        lock (_gate)
        {
            waiter = _waiters.First;
            while (waiter is not null && !ReferenceEquals(waiter.Holder, holder))
            {
                waiter = waiter.Next;
            }

            if (waiter is null)
            {
                return false;
            }

            _waiters.Remove(waiter);
        }

        waiter.Fail(error);
        return true;
    }
}
