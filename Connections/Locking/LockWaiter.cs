using System.Threading.Tasks.Sources;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A frame that has to wait. Grant, cancellation and timeout meet under the mutex of the lock: whichever ends the wait first wins, and
/// only the winner completes the task, outside the mutex.
/// </summary>
internal sealed class LockWaiter : LockFrame, IValueTaskSource<Releaser>, ILinked<LockWaiter>, IWait, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly long _askedAt;
    private ManualResetValueTaskSourceCore<Releaser> _completion = new() { RunContinuationsAsynchronously = true };
    private readonly bool _isTry;
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;
    private object? _sleeper;
    private bool _hasTimeout;

    /// <param name="owner">The lock.</param>
    /// <param name="outer">The frame that is current where the wait begins.</param>
    /// <param name="member">Who waits.</param>
    /// <param name="isTry">Whether a timeout gives a releaser that holds nothing, in place of an error.</param>
    public LockWaiter(ReentrantAsyncLock owner, AmbientFrame? outer, string member, bool isTry)
        : base(owner, outer, member)
    {
        _isTry = isTry;
        _askedAt = owner.Options.TimeProvider.GetTimestamp();
    }

    public LockWaiter? Previous { get; set; }

    public LockWaiter? Next { get; set; }

    public AmbientFrame Frame => this;

    public string Wanted => $"the lock of {Owner.Options.Name}";

    public TimeSpan Waited => Owner.Options.TimeProvider.GetElapsedTime(_askedAt);

    public bool MayBeBroken => !_hasTimeout && Waited >= Owner.Options.DeadlockGrace;

    /// <summary>Waits asynchronously. To be called outside the mutex, because a token cancelled already calls back at once.</summary>
    public ValueTask<Releaser> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _hasTimeout = timeout != Timeout.InfiniteTimeSpan;
        if (_hasTimeout)
        {
            StartTimer(timeout);
        }

        Watch(cancellationToken);
        return new(this, _completion.Version);
    }

    /// <summary>
    /// Blocks the calling thread until the wait has ended. It needs no thread of the pool, all of which may be blocked: whoever ends the
    /// wait wakes the thread, and the thread itself looks at the system's clock.
    /// </summary>
    public Releaser Wait(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _hasTimeout = timeout != Timeout.InfiniteTimeSpan;
        var looksAtClock = _hasTimeout && (timeout == TimeSpan.Zero || ReferenceEquals(Owner.Options.TimeProvider, TimeProvider.System));
        if (_hasTimeout && !looksAtClock)
        {
            StartTimer(timeout);
        }

        Watch(cancellationToken);
        Sleep(looksAtClock ? timeout : Timeout.InfiniteTimeSpan);
        return GetResult(_completion.Version);
    }

    /// <summary>Tells the waiter that it was granted; outside the mutex.</summary>
    public void Complete() => Succeed(new Releaser(this));

    public Releaser GetResult(short token)
    {
        Dispose();
        if (LockMetrics.Wait.Enabled)
        {
            LockMetrics.Wait.Record(Waited.TotalSeconds);
        }

        return _completion.GetResult(token);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    public void Dispose()
    {
        _timer?.Dispose();

        // Not Dispose: that would wait for a callback that is running, and that callback finds the wait decided anyway.
        _cancellation.Unregister();
    }

    public bool OnDeadlock(string deadlock)
    {
        if (LockDeadlockException.Report(deadlock, Owner.Options) is not { } error || !Owner.TryGiveUp(this, out _))
        {
            return false;
        }

        Fail(error);
        return true;
    }

    private void StartTimer(TimeSpan timeout)
    {
        if (timeout == TimeSpan.Zero)
        {
            OnTimeout();
            return;
        }

        _timer = UnflowedTimer.Create(Owner.Options.TimeProvider, static state => ((LockWaiter)state!).OnTimeout(), this);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    private void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((LockWaiter)state!).OnCancelled(token), this);
        }
    }

    private void Sleep(TimeSpan timeout)
    {
        var sleeper = new object();
        Volatile.Write(ref _sleeper, sleeper);

        // Either this thread sees that the wait has ended, or whoever ends it sees that this thread sleeps.
        Interlocked.MemoryBarrier();
        lock (sleeper)
        {
            while (_completion.GetStatus(_completion.Version) == ValueTaskSourceStatus.Pending)
            {
                if (timeout == Timeout.InfiniteTimeSpan)
                {
                    Monitor.Wait(sleeper);
                }
                else if (timeout - Waited is var remaining && remaining > TimeSpan.Zero)
                {
                    Monitor.Wait(sleeper, remaining < LongestSleep ? remaining : LongestSleep);
                }
                else
                {
                    OnTimeout();
                    timeout = Timeout.InfiniteTimeSpan;
                }
            }
        }
    }

    private void Succeed(Releaser releaser)
    {
        _completion.SetResult(releaser);
        WakeSleeper();
    }

    private void Fail(Exception error)
    {
        _completion.SetException(error);
        WakeSleeper();
    }

    // See Sleep.
    private void WakeSleeper()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeper) is { } sleeper)
        {
            lock (sleeper)
            {
                Monitor.PulseAll(sleeper);
            }
        }
    }

    private void OnTimeout()
    {
        // While it still waits: afterwards it is part of none.
        var deadlock = Waited >= Owner.Options.DeadlockGrace ? DeadlockDetector.For(Owner.Options.TimeProvider).Describe(this) : null;
        if (!Owner.TryGiveUp(this, out var holder))
        {
            return;
        }

        LockMetrics.Timeouts.Add(1);
        if (_isTry)
        {
            Succeed(default);
        }
        else
        {
            Fail(LockTimeoutException.For(this, holder, deadlock));
        }
    }

    private void OnCancelled(CancellationToken cancellationToken)
    {
        if (Owner.TryGiveUp(this, out _))
        {
            Fail(new OperationCanceledException(cancellationToken));
        }
    }
}
