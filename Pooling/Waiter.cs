using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Connections.Pooling;

/// <summary>
/// A request in the queue, and the source of the task that its caller awaits. Once the caller has taken the result it is
/// used again, timer included; so a timer that fires late may meet a later request, which is why the pool asks
/// <see cref="Remaining"/> before it believes the timer.
/// </summary>
internal sealed class Waiter<T>(WorkerPool<T> pool, TimeProvider time) : IValueTaskSource<WorkerLease<T>>, ILinked<Waiter<T>>, IDisposable
    where T : class
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    // Asynchronously, so that whoever returns a worker never runs the next holder's code.
    private ManualResetValueTaskSourceCore<WorkerLease<T>> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;
    private Exception? _error;
    private bool _blocks;

    public Waiter<T>? Previous { get; set; }

    public Waiter<T>? Next { get; set; }

    public bool IsQueued { get; set; }

    public long Ticket { get; private set; }

    /// <summary>Who asks; its text is the member for messages.</summary>
    public object Holder { get; private set; } = "";

    /// <summary>Where it asks, if that is captured.</summary>
    public StackTrace? Stack { get; private set; }

    public long AskedAt { get; private set; }

    public TimeSpan Timeout { get; private set; }

    /// <summary>What it was granted under the mutex, for <see cref="Complete"/> outside it.</summary>
    public WorkerLease<T> Lease { get; set; }

    private bool HasTimeout => Timeout != System.Threading.Timeout.InfiniteTimeSpan;

    public void Begin(in Request request, long ticket)
    {
        Ticket = ticket;
        Holder = request.Holder;
        Stack = request.Stack;
        Timeout = request.Timeout;
        _blocks = request.Blocks;
        AskedAt = time.GetTimestamp();
    }

    /// <summary>How long until the deadline; zero or less once it has passed.</summary>
    public TimeSpan Remaining() => HasTimeout ? Timeout - time.GetElapsedTime(AskedAt) : TimeSpan.MaxValue;

    /// <summary>Waits asynchronously; called once after queueing, outside the mutex.</summary>
    public ValueTask<WorkerLease<T>> WaitAsync(CancellationToken cancellationToken)
    {
        var task = new ValueTask<WorkerLease<T>>(this, _core.Version);
        if (Timeout == TimeSpan.Zero)
        {
            pool.TimeOut(this);
        }
        else if (HasTimeout)
        {
            StartTimer(Timeout);
        }

        Watch(cancellationToken);
        return task;
    }

    /// <summary>
    /// Blocks the calling thread until the wait has ended; called once after queueing, outside the mutex. It needs no thread of the pool of
    /// threads, all of which may be blocked: whoever ends the wait wakes the thread, and the thread itself looks at the system's clock.
    /// </summary>
    public WorkerLease<T> Block(CancellationToken cancellationToken)
    {
        var looksAtClock = HasTimeout && (Timeout == TimeSpan.Zero || ReferenceEquals(time, TimeProvider.System));
        if (HasTimeout && !looksAtClock)
        {
            StartTimer(Timeout);
        }

        Watch(cancellationToken);
        if (!Sleep(looksAtClock))
        {
            pool.TimeOut(this);
            Sleep(looksAtClock: false);
        }

        return TakeResult(_core.Version);
    }

    public void StartTimer(TimeSpan due)
    {
        _timer ??= UnflowedTimer.Create(time, static state => ((Waiter<T>)state!).OnTimer(), this);
        _timer.Change(due, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public void Complete() => End(null);

    public void Fail(Exception error) => End(error);

    /// <summary>Lets go of the timer; nobody waits any more.</summary>
    public void Dispose() => _timer?.Dispose();

    ValueTaskSourceStatus IValueTaskSource<WorkerLease<T>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WorkerLease<T>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    WorkerLease<T> IValueTaskSource<WorkerLease<T>>.GetResult(short token)
    {
        // A stale token throws here, and a pending result below: neither may recycle the waiter under its real owner.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The lease was not granted yet: await LeaseAsync, or use Lease to block for it.");
        }

        return TakeResult(token);
    }

    private WorkerLease<T> TakeResult(short token)
    {
        pool.Metrics.RecordWait(Holder, _error is null ? Lease.Queued : time.GetElapsedTime(AskedAt), _error);
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    private void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter<T>)state!).OnCancelled(token), this);
        }
    }

    /// <returns>Whether the wait has ended, and not just its time.</returns>
    private bool Sleep(bool looksAtClock)
    {
        lock (this)
        {
            while (_core.GetStatus(_core.Version) == ValueTaskSourceStatus.Pending)
            {
                if (!looksAtClock)
                {
                    Monitor.Wait(this);
                }
                else if (Remaining() is var remaining && remaining > TimeSpan.Zero)
                {
                    Monitor.Wait(this, remaining < LongestSleep ? remaining : LongestSleep);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void End(Exception? error)
    {
        if (!_blocks)
        {
            // Once completed it may serve another caller.
            SetOutcome(error);
            return;
        }

        lock (this)
        {
            SetOutcome(error);
            Monitor.PulseAll(this);
        }
    }

    private void SetOutcome(Exception? error)
    {
        _error = error;
        if (error is null)
        {
            _core.SetResult(Lease);
        }
        else
        {
            _core.SetException(error);
        }
    }

    private void Recycle()
    {
        // Waits for a callback that is running, so that a cancel of this request never reaches the next one.
        _cancellation.Dispose();
        _cancellation = default;
        _timer?.Change(System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
        Lease = default;
        Stack = null;
        _error = null;
        _core.Reset();
        pool.Recycle(this);
    }

    private void OnCancelled(CancellationToken token) => pool.Cancel(this, token);

    private void OnTimer() => pool.TimeOut(this);
}
