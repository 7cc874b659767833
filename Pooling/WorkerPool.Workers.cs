namespace Connections.Pooling;

/// <summary>Creating workers, trying again, destroying and replacing them.</summary>
public sealed partial class WorkerPool<T>
{
    private readonly WorkerSlot<T>[] _slots;
    private WorkerSlot<T>? _empty;
    private ITimer? _retry;
    private TaskCompletionSource? _start;
    private Exception? _lastCreateError;
    private bool _retryPending;

    // How many workers the pool keeps up without being asked for any.
    private int _minimum;
    private int _live;
    private int _creating;
    private int _starting;
    private int _destroying;
    private long _created;
    private long _broken;

    // Rounds of creation that failed in a row: attempts made side by side are one round.
    private int _failures;

    // Attempts under way that began before the failures were too many: while there is one, requests may hope.
    private int _hopeful;

    private bool IsHopeless => _live == 0 && _hopeful == 0 && _failures >= _options.MaxCreateFailures;

    /// <summary>
    /// Creates all workers, side by side, and keeps up their number from now on: one that fails is tried again after a growing
    /// delay, one that breaks is replaced at once.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the workers are created all the same. <see cref="CloseAsync"/> stops that too.</param>
    /// <returns>
    /// Ends well once the first attempt for each worker is over and at least one worker is alive. A pool that is started
    /// already is not started again; one whose start failed may be.
    /// </returns>
    /// <exception cref="ConnectFailedException">No worker is alive after <see cref="WorkerPoolOptions.MaxCreateFailures"/> failures in a row.</exception>
    /// <exception cref="PoolClosedException">The pool is closing or closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Task started;
        lock (_gate)
        {
            if (_closing)
            {
                return Task.FromException(Closed());
            }

            _start ??= BeginStart();
            started = _start.Task;
        }

        return started.WaitAsync(cancellationToken);
    }

    /// <summary>Does the work of a slot on the thread pool: the work item that <see cref="BeginCreation"/> or <see cref="Condemn"/> queued.</summary>
    internal void Advance(WorkerSlot<T> slot) =>
        _ = slot.State == SlotState.Creating ? CreateAsync(slot) : ReplaceAsync(slot);

    private TaskCompletionSource BeginStart()
    {
        _start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _minimum = _slots.Length;
        if (_live == 0)
        {
            _failures = 0;
        }

        while (_empty is { } slot)
        {
            slot.Starting = true;
            _starting++;
            BeginCreation();
        }

        SettleStart();
        return _start;
    }

    private void SettleStart()
    {
        if (_starting == 0 && _live > 0)
        {
            _start?.TrySetResult();
        }
    }

    /// <summary>Starts as many creations as are needed and allowed now.</summary>
    private void EnsureSupply()
    {
        while (!_retryPending && !_closing && Shortage() > 0)
        {
            BeginCreation();
        }
    }

    /// <summary>How many workers more are wanted, for which there is room.</summary>
    private int Shortage() => _empty is null
        ? 0
        : Math.Max(_minimum - _live - _creating, _waiters.Count - _creating - _checking);

    private void BeginCreation()
    {
        var slot = _empty!;
        _empty = slot.Next;
        slot.State = SlotState.Creating;
        slot.Round = _failures;
        _creating++;
        if (slot.Round < _options.MaxCreateFailures)
        {
            _hopeful++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
    }

    private async Task CreateAsync(WorkerSlot<T> slot)
    {
        T? worker;
        try
        {
            worker = await _policy.CreateAsync(_lifetimeToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The policy of {Label} created nothing: CreateAsync returned null.");
        }
        catch (Exception e)
        {
            Reject(slot, e);
            return;
        }

        Admit(slot, worker);
    }

    private void Admit(WorkerSlot<T> slot, T worker)
    {
        Waiter<T>? granted = null;
        lock (_gate)
        {
            slot.Worker = worker;
            _live++;
            _created++;
            _failures = 0;
            _lastCreateError = null;
            EndAttempt(slot);
            if (_closing)
            {
                Condemn(slot, broken: false);
            }
            else
            {
                granted = Offer(slot);
            }

            SettleStart();
        }

        granted?.Complete();
    }

    private void Reject(WorkerSlot<T> slot, Exception error)
    {
        Waiter<T>? hopeless = null;
        lock (_gate)
        {
            if (slot.Round >= _failures)
            {
                _failures++;
            }

            EndAttempt(slot);
            Vacate(slot);
            if (_closing)
            {
                SignalIfEmptied();
                return;
            }

            _lastCreateError = error;
            SettleStart();
            if (IsHopeless)
            {
                hopeless = GiveUp();
            }

            if (Shortage() > 0)
            {
                ArmRetry();
            }
            else
            {
                DisarmRetry();
            }
        }

        PoolLog.CreateFailed(_options.Logger, Label, error);
        FailAll(hopeless, () => Unconnected(error));
    }

    private void EndAttempt(WorkerSlot<T> slot)
    {
        _creating--;
        if (slot.Round < _options.MaxCreateFailures)
        {
            _hopeful--;
        }

        if (slot.Starting)
        {
            _starting--;
        }

        slot.Starting = false;
    }

    /// <summary>Ends the start, if it still waits, and all waiting.</summary>
    /// <returns>The former waiters.</returns>
    private Waiter<T>? GiveUp()
    {
        if (_start is { Task.IsCompleted: false })
        {
            _start.SetException(Unconnected(_lastCreateError!));
            _start = null;
            _minimum = 0;
        }

        return _waiters.TakeAll();
    }

    private void ArmRetry()
    {
        if (_retryPending)
        {
            return;
        }

        _retryPending = true;
        _retry ??= UnflowedTimer.Create(_time, static state => ((WorkerPool<T>)state!).Retry(), this);
        _retry.Change(NextDelay(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Forgets the next attempt: nobody wants a worker any more, and whoever asks next is worth an attempt of its own.</summary>
    private void DisarmRetry()
    {
        _retryPending = false;
        _retry?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan NextDelay()
    {
        var delay = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, _failures - 1);
        var jittered = Math.Min(delay, _options.MaxRetryDelay.TotalMilliseconds) * (1 - (Random.Shared.NextDouble() / 2));
        return TimeSpan.FromMilliseconds(jittered);
    }

    private void Retry()
    {
        lock (_gate)
        {
            _retryPending = false;
            EnsureSupply();
        }
    }

    /// <summary>Takes a worker out of use; its slot is free as soon as its destruction has begun.</summary>
    private void Condemn(WorkerSlot<T> slot, bool broken)
    {
        slot.State = SlotState.Retiring;
        _live--;
        if (broken)
        {
            _broken++;
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

    private void Vacate(WorkerSlot<T> slot)
    {
        slot.State = SlotState.Empty;
        slot.Next = _empty;
        _empty = slot;
    }
}
