using System.Threading.Tasks.Sources;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A place in a queue, and what its caller awaits. Grant, cancellation and timeout meet under the mutex of the lock: whichever ends the
/// wait first wins, and only the winner completes it, outside the mutex.
/// </summary>
/// <remarks>
/// Unlike a frame it may serve again: nobody but its queue and its awaiter knows one that has neither a timer nor a token, and both are
/// done with it when the result is taken.
/// </remarks>
internal sealed class LockWait : IValueTaskSource<Releaser>, ILinked<LockWait>
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    [ThreadStatic]
    private static LockWait? _spare;

    private ManualResetValueTaskSourceCore<Releaser> _completion = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private LockFrame? _frame;
    private Exception? _error;
    private Moment _since;
    private TimeSpan _timeout;
    private ITimer? _timer;
    private object? _sleeper;
    private bool _isTry;
    private bool _isKnownElsewhere;

    public LockWait? Previous { get; set; }

    public LockWait? Next { get; set; }

    /// <summary>The frame that waits.</summary>
    public LockFrame Frame => _frame!;

    /// <summary>Whether the wait ends by itself.</summary>
    public bool HasTimeout => _timeout != Timeout.InfiniteTimeSpan;

    /// <summary>How long it lasted; once it has ended.</summary>
    public TimeSpan Lasted => _since.Until(Frame.Since, Options.TimeProvider);

    private LockOptions Options => Frame.Owner.Options;

    /// <summary>Makes the place of a frame.</summary>
    /// <param name="frame">The frame, which knows its place from now on.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="way">How the caller waits.</param>
    public static LockWait Of(LockFrame frame, TimeSpan timeout, WayToWait way)
    {
        var wait = _spare ?? new LockWait();
        _spare = null;
        wait._frame = frame;
        wait._since = frame.Since;
        wait._timeout = timeout;
        wait._isTry = way == WayToWait.Try;
        if (way == WayToWait.Block)
        {
            wait._sleeper = new object();
            wait._isKnownElsewhere = true;
        }

        return frame.Wait = wait;
    }

    /// <summary>Waits asynchronously. To be called outside the mutex, because a token cancelled already calls back at once.</summary>
    public ValueTask<Releaser> WaitAsync(CancellationToken cancellationToken)
    {
        var task = new ValueTask<Releaser>(this, _completion.Version);
        if (HasTimeout)
        {
            StartTimer();
        }

        Watch(cancellationToken);
        return task;
    }

    /// <summary>
    /// Blocks the calling thread until the wait has ended. It needs no thread of the pool, all of which may be blocked: whoever ends the
    /// wait wakes the thread, and the thread itself looks at the system's clock.
    /// </summary>
    public Releaser Block(CancellationToken cancellationToken)
    {
        var looksAtClock = HasTimeout && (_timeout == TimeSpan.Zero || ReferenceEquals(Options.TimeProvider, TimeProvider.System));
        if (HasTimeout && !looksAtClock)
        {
            StartTimer();
        }

        Watch(cancellationToken);
        Sleep(looksAtClock ? _timeout : Timeout.InfiniteTimeSpan);
        return GetResult(_completion.Version);
    }

    /// <summary>Marks the frame held, at the end of its wait; under the mutex.</summary>
    public void Grant() => Frame.GrantLate();

    /// <summary>Marks the frame ended without a grant; under the mutex.</summary>
    public void GiveUp() => Frame.GiveUp();

    /// <summary>Tells the caller that it was granted; outside the mutex.</summary>
    public void Complete() => End(new Releaser(Frame), error: null);

    /// <summary>Tells the caller that it was not; outside the mutex.</summary>
    public void Fail(Exception error) => End(default, error);

    public Releaser GetResult(short token)
    {
        switch (_completion.GetStatus(token))
        {
            case ValueTaskSourceStatus.Pending:
                throw new InvalidOperationException("The lock was not granted yet: await LockAsync, or use Lock to block for it.");

            case ValueTaskSourceStatus.Succeeded:
                LockEvents.RecordWait(this, error: null);
                var releaser = _completion.GetResult(token);
                Recycle();
                return releaser;

            default:
                LockEvents.RecordWait(this, _error);
                return ThrowError(token);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    private Releaser ThrowError(short token)
    {
        try
        {
            return _completion.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    private void Recycle()
    {
        if (_isKnownElsewhere)
        {
            // A callback may be running yet; it finds the wait decided, as long as the wait is nobody else's. Not Dispose, which would
            // wait for that callback.
            _timer?.Dispose();
            _cancellation.Unregister();
            return;
        }

        _completion.Reset();
        _frame = null;
        _error = null;
        _spare = this;
    }

    private void StartTimer()
    {
        if (_timeout == TimeSpan.Zero)
        {
            OnTimeout();
            return;
        }

        _isKnownElsewhere = true;
        _timer = UnflowedTimer.Create(Options.TimeProvider, static state => ((LockWait)state!).OnTimeout(), this);
        _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
    }

    private void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _isKnownElsewhere = true;
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((LockWait)state!).OnCancelled(token), this);
        }
    }

    private void Sleep(TimeSpan timeout)
    {
        lock (_sleeper!)
        {
            while (_completion.GetStatus(_completion.Version) == ValueTaskSourceStatus.Pending)
            {
                if (timeout == Timeout.InfiniteTimeSpan)
                {
                    Monitor.Wait(_sleeper);
                }
                else if (timeout - Frame.Waited is var remaining && remaining > TimeSpan.Zero)
                {
                    Monitor.Wait(_sleeper, remaining < LongestSleep ? remaining : LongestSleep);
                }
                else
                {
                    OnTimeout();
                    timeout = Timeout.InfiniteTimeSpan;
                }
            }
        }
    }

    private void End(Releaser releaser, Exception? error)
    {
        _error = error;

        // Once completed it may serve another caller, unless a thread sleeps on it.
        if (_sleeper is not { } sleeper)
        {
            SetOutcome(releaser);
            return;
        }

        lock (sleeper)
        {
            SetOutcome(releaser);
            Monitor.PulseAll(sleeper);
        }
    }

    private void SetOutcome(Releaser releaser)
    {
        if (_error is null)
        {
            _completion.SetResult(releaser);
        }
        else
        {
            _completion.SetException(_error);
        }
    }

    private void OnTimeout()
    {
        // While it still waits: afterwards it is part of none.
        var deadlock = Frame.Waited >= Options.DeadlockGrace ? DeadlockDetector.For(Options.TimeProvider).Describe(Frame) : null;
        if (!Frame.Owner.TryGiveUp(Frame, out _, out var holder))
        {
            return;
        }

        LockMetrics.Timeouts.Add(1);
        if (_isTry)
        {
            End(default, error: null);
        }
        else
        {
            Fail(LockTimeoutException.For(Frame, Lasted, holder, deadlock));
        }
    }

    private void OnCancelled(CancellationToken cancellationToken)
    {
        if (Frame.Owner.TryGiveUp(Frame, out _, out _))
        {
            Fail(new OperationCanceledException(cancellationToken));
        }
    }
}
