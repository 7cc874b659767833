using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Connections.Locking;

// What lies around the lock, and is entered for whoever has the root slot.
public sealed partial class ReentrantAsyncLock
{
    private readonly CancellationTokenSource? _scopeEnd;
    private bool _isInScope;

    /// <summary>
    /// Lets callers in from now on without the scope, also those who wait for it. For the end of what the lock guards, which must not wait for
    /// another process.
    /// </summary>
    internal void DoWithoutScope() => _scopeEnd?.Cancel();

    [SuppressMessage("Connections", "CONN011", Justification = "The frame became the caller's own before: Enter, which is not async, added it to the flow.")]
    private async ValueTask<Releaser> EnterScopeAsync(
        LockFrame frame, ValueTask<Releaser> entry, TimeSpan timeout, WayToWait way, CancellationToken cancellationToken)
    {
        var began = Options.TimeProvider.GetTimestamp();
        var releaser = await entry.ConfigureAwait(false);
        if (!releaser.IsHeld || !NeedsScope(out var scope))
        {
            return releaser;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _scopeEnd!.Token);
        try
        {
            if (IsInside(frame))
            {
                await scope.EnsureInsideAsync(end.Token).ConfigureAwait(false);
            }
            else
            {
                await scope.EnterAsync(Remaining(timeout, began), end.Token).ConfigureAwait(false);
                SetInScope();
            }
        }
        catch (Exception error)
        {
            FailInScope(frame, releaser, error, Options.TimeProvider.GetElapsedTime(began), way, cancellationToken);
        }

        return releaser;
    }

    private Releaser EnterScope(LockFrame frame, Releaser releaser, TimeSpan timeout, long began, CancellationToken cancellationToken)
    {
        if (!NeedsScope(out var scope))
        {
            return releaser;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _scopeEnd!.Token);
        try
        {
            if (IsInside(frame))
            {
                scope.EnsureInside();
            }
            else
            {
                scope.Enter(Remaining(timeout, began), end.Token);
                SetInScope();
            }
        }
        catch (Exception error)
        {
            FailInScope(frame, releaser, error, Options.TimeProvider.GetElapsedTime(began), WayToWait.Block, cancellationToken);
        }

        return releaser;
    }

    private bool NeedsScope([NotNullWhen(true)] out ILockScope? scope)
    {
        scope = Options.Scope;
        return scope is not null && _scopeEnd is { IsCancellationRequested: false };
    }

    // Who is inside a frame of this lock is inside what lies around it too, unless that was lost meanwhile.
    private static bool IsInside(LockFrame frame) => frame.Container is not null;

    private TimeSpan Remaining(TimeSpan timeout, long began)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return Options.ScopeTimeout;
        }

        var remaining = timeout - Options.TimeProvider.GetElapsedTime(began);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private void SetInScope()
    {
        lock (_mutex)
        {
            _isInScope = true;
        }
    }

    private void FailInScope(
        LockFrame frame, Releaser releaser, Exception error, TimeSpan waited, WayToWait way, CancellationToken cancellationToken)
    {
        if (error is OperationCanceledException && _scopeEnd!.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The scope is needed no more: see DoWithoutScope.
            return;
        }

        releaser.Dispose();
        switch (error)
        {
            case OperationCanceledException:
                cancellationToken.ThrowIfCancellationRequested();
                break;
            case TimeoutException when way == WayToWait.Try:
                LockMetrics.Timeouts.Add(1);
                return;
            case TimeoutException late:
                LockMetrics.Timeouts.Add(1);
                throw LockTimeoutException.For(frame, waited, Options.Scope!, late);
        }

        ExceptionDispatchInfo.Throw(error);
    }

    // Before the next one is let in, who enters it anew: other processes have their turn in between. Under the mutex.
    private Exception? LeaveScope()
    {
        if (!_isInScope)
        {
            return null;
        }

        _isInScope = false;
        try
        {
            Options.Scope!.Leave();
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error;
        }
    }
}
