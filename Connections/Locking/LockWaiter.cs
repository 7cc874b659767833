using System.Threading.Tasks.Sources;

namespace Connections.Locking;

/// <summary>
/// A frame that has to wait. Grant, cancellation and timeout meet under the mutex of the lock: whichever ends the wait first wins, and
/// only the winner completes the task, outside the mutex.
/// </summary>
internal sealed class LockWaiter : LockFrame, IValueTaskSource<Releaser>, IDisposable
{
    private readonly long _askedAt;
    private ManualResetValueTaskSourceCore<Releaser> _completion = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;

    public LockWaiter(ReentrantAsyncLock owner, AmbientFrame? outer, string member)
        : base(owner, outer, member) => _askedAt = owner.Options.TimeProvider.GetTimestamp();

    public LockWaiter? Previous { get; set; }

    public LockWaiter? Next { get; set; }

    /// <summary>How long it has waited.</summary>
    public TimeSpan Waited => Owner.Options.TimeProvider.GetElapsedTime(_askedAt);

    public ValueTask<Releaser> Task => new(this, _completion.Version);

    /// <summary>Starts what may end the wait early; outside the mutex, because a token cancelled already calls back at once.</summary>
    public void Arm(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            // The timer must not keep the caller's execution context, and with it the whole chain of frames, alive.
            using (ExecutionContext.SuppressFlow())
            {
                _timer = Owner.Options.TimeProvider.CreateTimer(
                    static state => ((LockWaiter)state!).OnTimeout(), this, timeout, Timeout.InfiniteTimeSpan);
            }
        }

        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((LockWaiter)state!).OnCancelled(token), this);
        }
    }

    /// <summary>Blocks the calling thread until the wait has ended.</summary>
    public Releaser Wait()
    {
        // What runs on completion only sets an event, so it needs no thread of the pool, which blocked threads may have used up.
        _completion.RunContinuationsAsynchronously = false;
        using var ended = new ManualResetEventSlim();
        _completion.OnCompleted(
            static state => ((ManualResetEventSlim)state!).Set(), ended, _completion.Version, ValueTaskSourceOnCompletedFlags.None);
        ended.Wait();
        return GetResult(_completion.Version);
    }

    /// <summary>Tells the waiter that it was granted; outside the mutex.</summary>
    public void Complete() => _completion.SetResult(new Releaser(this));

    public Releaser GetResult(short token)
    {
        Dispose();
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

    private void OnTimeout()
    {
        if (Owner.TryGiveUp(this, out var situation))
        {
            _completion.SetException(LockTimeoutException.For(this, situation));
        }
    }

    private void OnCancelled(CancellationToken cancellationToken)
    {
        if (Owner.TryGiveUp(this, out _))
        {
            _completion.SetException(new OperationCanceledException(cancellationToken));
        }
    }
}
