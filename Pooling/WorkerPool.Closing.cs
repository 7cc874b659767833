namespace Connections.Pooling;

/// <summary>Closing: newcomers and waiters are refused, leases drained, workers destroyed.</summary>
public sealed partial class WorkerPool<T>
{
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Closes the pool: from now on requests are refused, those that wait fail, idle workers are destroyed, and each leased one as it is
    /// returned. After <paramref name="drain"/> the workers that are still leased are destroyed under their holders, whose
    /// later return does nothing.
    /// </summary>
    /// <param name="drain">
    /// How long to wait for the leases, from zero to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>. If several close a pool, the
    /// shortest time counts.
    /// </param>
    /// <returns>Ends when every worker is destroyed, those under construction too unless their attempts take longer than they may.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is out of range.</exception>
    public async Task CloseAsync(TimeSpan drain)
    {
        WorkerPoolOptions.CheckTime(drain, nameof(drain));
        FailAll(RefuseAll(out var first), Closed);
        if (first)
        {
            PoolGauges.Remove(this);
            (_spares as IDisposable)?.Dispose();
            await _lifetime.CancelAsync().ConfigureAwait(false);
        }

        await _emptied.Task.WaitAsync(drain, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TakeAwayLeased();
        await _emptied.Task.ConfigureAwait(false);
        if (first)
        {
            _lifetime.Dispose();
        }
    }

    /// <summary>Closes the pool without waiting for leases; see <see cref="CloseAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(CloseAsync(TimeSpan.Zero));

    private Waiter<T>? RefuseAll(out bool first)
    {
        lock (_gate)
        {
            first = !_closing;
            _closing = true;
            _backoff.Disarm();
            _upkeep?.Dispose();
            _start?.TrySetException(Closed());
            while (TakeIdle() is { } slot)
            {
                Condemn(slot, broken: false);
            }

            var waiters = _waiters.TakeAll();
            SignalIfEmptied();
            return waiters;
        }
    }

    private void TakeAwayLeased()
    {
        lock (_gate)
        {
            foreach (var slot in _slots)
            {
                if (slot.State == SlotState.Busy)
                {
                    Condemn(slot, broken: false);
                }
            }
        }
    }

    private void SignalIfEmptied()
    {
        if (_closing && _live + _creating + _retiring + _destroying == 0)
        {
            _emptied.TrySetResult();
        }
    }
}
