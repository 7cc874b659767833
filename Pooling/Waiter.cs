using System.Threading.Tasks.Sources;

namespace Connections.Pooling;

/// <summary>
/// A request in the queue, and the source of the task that its caller awaits. Once the caller has taken the result it is
/// used again, timer included; so a timer that fires late may meet a later request, which is why the pool asks
/// <see cref="Remaining"/> before it believes the timer.
/// </summary>
internal sealed class Waiter<T>(WorkerPool<T> pool, TimeProvider time) : IValueTaskSource<WorkerLease<T>>, ILinked<Waiter<T>>
    where T : class
{
    // Asynchronously, so that whoever returns a worker never runs the next holder's code.
    private ManualResetValueTaskSourceCore<WorkerLease<T>> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;
    private TimeSpan _timeout;

    public Waiter<T>? Previous { get; set; }

    public Waiter<T>? Next { get; set; }

    public bool IsQueued { get; set; }

    public long Ticket { get; private set; }

    /// <summary>Who asks; its text is the member for messages.</summary>
    public object Holder { get; private set; } = "";

    public long AskedAt { get; private set; }

    /// <summary>What it was granted under the mutex, for <see cref="Complete"/> outside it.</summary>
    public WorkerLease<T> Lease { get; set; }

    /// <summary>The task of this request; it may be taken once, before the result is.</summary>
    public ValueTask<WorkerLease<T>> Task => new(this, _core.Version);

    public TimeSpan Timeout => _timeout;

    public void Begin(long ticket, object holder, long askedAt, TimeSpan timeout)
    {
        Ticket = ticket;
        Holder = holder;
        AskedAt = askedAt;
        _timeout = timeout;
    }

    /// <summary>How long until the deadline; zero or less once it has passed.</summary>
    public TimeSpan Remaining() =>
        _timeout == System.Threading.Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : _timeout - time.GetElapsedTime(AskedAt);

    /// <summary>Starts watching the deadline and the token; called after queueing, outside the mutex.</summary>
    public void Watch(CancellationToken cancellationToken)
    {
        if (_timeout == TimeSpan.Zero)
        {
            TimeOut();
        }
        else if (_timeout != System.Threading.Timeout.InfiniteTimeSpan)
        {
            StartTimer(_timeout);
        }

        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter<T>)state!).Cancel(token), this);
        }
    }

    public void StartTimer(TimeSpan due)
    {
        _timer ??= UnflowedTimer.Create(time, static state => ((Waiter<T>)state!).TimeOut(), this);
        _timer.Change(due, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public void Complete() => _core.SetResult(Lease);

    public void Fail(Exception error) => _core.SetException(error);

    public void DisposeTimer() => _timer?.Dispose();

    ValueTaskSourceStatus IValueTaskSource<WorkerLease<T>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WorkerLease<T>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    WorkerLease<T> IValueTaskSource<WorkerLease<T>>.GetResult(short token)
    {
        // A stale token throws here, and a pending result below: neither may recycle the waiter under its real owner.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The lease was not granted yet: await LeaseAsync, or use AsTask() to block on it.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    private void Recycle()
    {
        // Waits for a callback that is running, so that a cancel of this request never reaches the next one.
        _cancellation.Dispose();
        _cancellation = default;
        _timer?.Change(System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
        Lease = default;
        _core.Reset();
        pool.Recycle(this);
    }

    private void Cancel(CancellationToken token) => pool.Cancel(this, token);

    private void TimeOut() => pool.TimeOut(this);
}
