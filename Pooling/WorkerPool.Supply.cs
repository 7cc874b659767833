namespace Connections.Pooling;

/// <summary>Creating workers, and trying again.</summary>
public sealed partial class WorkerPool<T>
{
    private readonly WorkerSlot<T>[] _slots;
    private readonly Backoff _backoff;
    private WorkerSlot<T>? _empty;
    private Exception? _lastCreateError;

    // When the breaker that refused the last attempt lets one through, at the time of that refusal.
    private TimeSpan? _refusedFor;
    private int _live;
    private int _creating;
    private long _created;
    private long _createFailures;

    // Rounds of creation that failed in a row: attempts made side by side are one round.
    private int _failures;

    // Attempts under way that began before the failures were too many: while there is one, requests may hope.
    private int _hopeful;

    private bool IsFailing => _failures >= _options.MaxCreateFailures;

    private bool IsHopeless => _live == 0 && _hopeful == 0 && IsFailing;

    /// <summary>Does the work of a slot on the thread pool: the work item that <see cref="BeginCreation"/> or <see cref="Condemn"/> queued.</summary>
    internal void Advance(WorkerSlot<T> slot) =>
        _ = slot.State == SlotState.Creating ? CreateAsync(slot) : ReplaceAsync(slot);

    /// <summary>Starts as many creations as are needed and allowed now.</summary>
    /// <param name="isAsked">Whether it is for a request that has just come.</param>
    private void EnsureSupply(bool isAsked = false)
    {
        while (!_backoff.IsPending && !_closing && Shortage(isAsked) > 0)
        {
            BeginCreation();
        }
    }

    /// <summary>How many workers more are wanted, for which there is room.</summary>
    private int Shortage(bool isAsked = false)
    {
        if (_empty is null)
        {
            return 0;
        }

        if (IsRefused)
        {
            return MayTryRefused(isAsked) ? Math.Min(_waiters.Count, 1) - _creating : 0;
        }

        var wanted = Math.Max(_minimum - _live - _creating, _waiters.Count - _creating - _checking);
        if (_live > 0)
        {
            return wanted;
        }

        // A device that seems dead is tried by one attempt at a time; when that succeeds the others follow.
        return _options.FirstAlone ? Math.Min(wanted, 1 - _creating) : IsFailing ? Math.Min(wanted, 1 - (_creating - _hopeful)) : wanted;
    }

    private void BeginCreation()
    {
        var slot = _empty!;
        _empty = slot.Next;
        slot.State = SlotState.Creating;
        slot.Marks = SlotMarks.None;
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
            worker = await _governor.AttemptAsync(
                static (pool, token) => pool._policy.CreateAsync(token),
                static (pool, late) => new ValueTask(pool.DestroyAsync(late)),
                this,
                _lifetimeToken).ConfigureAwait(false)
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
            slot.Fill(worker, WorkerLimits.Choose(_options), Moment.Now(_time, exactly: false));
            _live++;
            _created++;
            _failures = 0;
            _lastCreateError = null;
            _refusedFor = null;
            _refusals = 0;
            _backoff.Succeeded();
            BeginOthers();
            EndAttempt(slot);
            if (_closing || slot.Marks.HasFlag(SlotMarks.Stale))
            {
                Condemn(slot, broken: false);
            }
            else
            {
                granted = Offer(slot);
                EnsureSupply();
            }

            SettleStart();
        }

        granted?.Complete();
    }

    private void Reject(WorkerSlot<T> slot, Exception error)
    {
        Waiter<T>? hopeless = null;
        Exception last;
        TimeSpan? retryAfter;
        lock (_gate)
        {
            Count(error, slot.Round);
            EndAttempt(slot);
            Vacate(slot);
            if (_closing)
            {
                SignalIfEmptied();
                return;
            }

            SettleStart();
            var failedStart = IsFailing && _hopeful == 0 && _live < MinReady ? GiveUpStart() : null;
            if (IsHopeless)
            {
                hopeless = _waiters.TakeAll();
            }

            TimeNextAttempt(error);
            last = _lastCreateError!;
            retryAfter = RetryAfter;
            failedStart?.SetException(Unconnected(last, retryAfter));
        }

        PoolLog.CreateFailed(_options.Logger, Label, error);
        FailAll(hopeless, () => Unconnected(last, retryAfter));
    }

    private void TimeNextAttempt(Exception error)
    {
        if (Shortage() > 0)
        {
            _backoff.Arm(error);
        }
        else
        {
            // Nobody wants a worker any more, and whoever asks next is worth an attempt of its own.
            _backoff.Disarm();
        }
    }

    private void Count(Exception error, int round)
    {
        if (error is ConnectFailedException { RetryAfter: { } refusedFor })
        {
            // The breaker knows more failures than this pool.
            _failures = Math.Max(_failures, _options.MaxCreateFailures);
            _refusedFor = refusedFor;
            _lastCreateError = error.InnerException ?? error;
            return;
        }

        _createFailures++;
        _refusedFor = null;
        _lastCreateError = error;
        if (IsFinal(error))
        {
            CountRefusal();
        }
        else if (round >= _failures)
        {
            _failures++;
        }
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

    private void Retry(Backoff.Series series)
    {
        lock (_gate)
        {
            if (_backoff.IsDue(series))
            {
                EnsureSupply();
            }
        }
    }

    private void Vacate(WorkerSlot<T> slot)
    {
        slot.State = SlotState.Empty;
        slot.Next = _empty;
        _empty = slot;
    }
}
