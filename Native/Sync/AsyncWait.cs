namespace Connections.Native.Sync;

/// <summary>
/// A place in the queue of those who await a <see cref="HybridLock"/> in this process. Grant, cancellation, timeout and disposal meet in
/// <see cref="TryDecide"/>: whichever is first completes it.
/// </summary>
internal sealed class AsyncWait : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly TaskCompletionSource<HybridLockHold> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenRegistration _cancellation;
    private Timer? _timer;
    private int _isDecided;

    /// <summary>Completed when it is decided.</summary>
    public Task<HybridLockHold> Task => _completion.Task;

    /// <summary>Cancelled when whoever takes the lock for this one need do so no longer.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Lets a time and a token end the wait.</summary>
    public void Watch(
        TimeSpan timeout, Action<AsyncWait> onTimeout, Action<AsyncWait, CancellationToken> onCancelled, CancellationToken cancellationToken)
    {
        // A timer counts whole milliseconds; rounded up, since a wait must not end before its time.
        var time = TimeSpan.FromMilliseconds(Math.Ceiling(timeout.TotalMilliseconds));
        if (timeout != Timeout.InfiniteTimeSpan && time <= LongestTimer)
        {
            _timer = new Timer(_ => onTimeout(this), null, time, Timeout.InfiniteTimeSpan);
        }

        _cancellation = cancellationToken.UnsafeRegister((_, token) => onCancelled(this, token), null);
    }

    /// <summary>Whether it falls to the caller to complete the wait.</summary>
    public bool TryDecide() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    /// <summary>Completes it with the lock.</summary>
    public void Grant(HybridLockHold hold) => _completion.SetResult(hold);

    /// <summary>Completes it without.</summary>
    public void Fail(Exception error)
    {
        _stop.Cancel();
        if (error is OperationCanceledException cancelled)
        {
            _completion.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _completion.SetException(error);
        }
    }

    /// <summary>Lets go of timer and token, once it is decided. A callback of theirs may run yet, and finds that it is.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
    }
}
