using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

// Awaiting the lock: a queue of those who do, and one thread that takes the lock for its head.
public sealed partial class HybridLock
{
    private const int ServerStackSize = 256 * 1024;

    private readonly Lock _lineMutex = new();
    private readonly LinkedList<AsyncWait> _line = new();
    private bool _isServed;

    /// <summary>Takes the lock, however long it takes.</summary>
    /// <param name="cancellationToken">Ends the wait; a grant that came first wins, and must be unlocked.</param>
    /// <inheritdoc cref="LockAsync(TimeSpan, CancellationToken)"/>
    public ValueTask<HybridLockHold> LockAsync(CancellationToken cancellationToken = default) =>
        LockAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>
    /// Takes the lock within a time. Those who await it in this process by this object have it in the order in which they asked; only for the
    /// first of them a thread is blocked.
    /// </summary>
    /// <param name="timeout">How long to wait: zero or more, rounded up to the millisecond, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait; a grant that came first wins, and must be unlocked.</param>
    /// <returns>The held lock, to be disposed, or unlocked by <see cref="Unlock()"/>.</returns>
    /// <exception cref="HybridLockTimeoutException">The lock was not to be had in time; the message names the process that has it.</exception>
    /// <exception cref="LockDestroyedException">Another process has overwritten the lock.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">The lock is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was taken.</exception>
    /// <exception cref="ObjectDisposedException">The object has been disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite.</exception>
    public async ValueTask<HybridLockHold> LockAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ValidateTimeout(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        if (IsLineEmpty && TryTake(out var hold))
        {
            return hold;
        }

        if (timeout == TimeSpan.Zero)
        {
            return IsLineEmpty && TryLock(out hold) ? hold : throw TimedOut(timeout);
        }

        using var wait = Queue(timeout, cancellationToken);
        return await wait.Task.ConfigureAwait(false);
    }

    private bool IsLineEmpty
    {
        get
        {
            lock (_lineMutex)
            {
                return _line.Count == 0;
            }
        }
    }

    private bool TryTake(out HybridLockHold hold)
    {
        var attempt = new Acquisition(_slot);
        var isTaken = Start(ref attempt) == LockStep.Done;
        hold = isTaken ? Enter(attempt) : default;
        return isTaken;
    }

    private AsyncWait Queue(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var wait = new AsyncWait();
        bool isServed;
        lock (_lineMutex)
        {
            _line.AddLast(wait);
            isServed = _isServed;
            _isServed = true;
        }

        wait.Watch(
            timeout, ended => End(ended, TimedOut(timeout)), (ended, token) => End(ended, new OperationCanceledException(token)), cancellationToken);
        if (_presence.IsLeaving)
        {
            // It may have come after all others had been told.
            End(wait, Failure(LockStep.Leaving, timeout));
        }

        if (!isServed)
        {
            new Thread(Serve, ServerStackSize) { IsBackground = true, Name = $"lock {Name}" }.UnsafeStart();
        }

        return wait;
    }

    private void Serve()
    {
        while (First(endsIfNone: true) is { } wait)
        {
            try
            {
                Serve(wait);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                End(wait, error);
            }
        }
    }

    private void Serve(AsyncWait wait)
    {
        var attempt = new Acquisition(_slot);
        var step = Wait(ref attempt, MonotonicTime.Never, wait.Stop);
        if (step == LockStep.Done)
        {
            Hand(Enter(attempt));
        }
        else
        {
            // If it was because the wait has ended, that is decided already.
            End(wait, Failure(step, Timeout.InfiniteTimeSpan));
        }
    }

    // Who the lock was taken for may have given up at the last moment; then it is the next one's.
    private void Hand(HybridLockHold hold)
    {
        while (First(endsIfNone: false) is { } wait)
        {
            Remove(wait);
            if (wait.TryDecide())
            {
                wait.Grant(hold);
                return;
            }
        }

        hold.Dispose();
    }

    private void End(AsyncWait wait, Exception error)
    {
        if (!wait.TryDecide())
        {
            return;
        }

        var wasFirst = Remove(wait);
        wait.Fail(error);
        if (wasFirst)
        {
            Stir();
        }
    }

    private AsyncWait? First(bool endsIfNone)
    {
        lock (_lineMutex)
        {
            _isServed &= _line.Count > 0 || !endsIfNone;
            return _line.First?.Value;
        }
    }

    private bool Remove(AsyncWait wait)
    {
        lock (_lineMutex)
        {
            var wasFirst = _line.First?.Value == wait;
            _line.Remove(wait);
            return wasFirst;
        }
    }

    private void EndWaits()
    {
        AsyncWait[] waits;
        lock (_lineMutex)
        {
            waits = [.. _line];
        }

        foreach (var wait in waits)
        {
            End(wait, Failure(LockStep.Leaving, Timeout.InfiniteTimeSpan));
        }

        if (Volatile.Read(ref _waiting) > 0)
        {
            Stir();
        }
    }
}
