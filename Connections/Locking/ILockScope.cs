namespace Connections.Locking;

/// <summary>
/// What a <see cref="ReentrantAsyncLock"/> enters for its callers to exclude those of other processes: see <see cref="LockOptions.Scope"/>. The
/// lock enters it for each outermost entry, once that has its turn in this process, and leaves it when that entry and all calls inside it have
/// left. So it need not be reentrant, nobody enters it twice at once, and its members but <see cref="Holder"/> are called one after the other.
/// </summary>
public interface ILockScope : IDisposable
{
    /// <summary>Who is in it now, of whatever process, for messages; null if nobody is, or nobody knows.</summary>
    LockHolder? Holder { get; }

    /// <summary>Enters it.</summary>
    /// <param name="timeout">How long to wait: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It was not free in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    ValueTask EnterAsync(TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>The synchronous twin of <see cref="EnterAsync"/>.</summary>
    void Enter(TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Makes sure that it is still entered: called for each further step inside.</summary>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="LockLostException">It is not: it was taken away, or what kept it is gone.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    ValueTask EnsureInsideAsync(CancellationToken cancellationToken);

    /// <summary>The synchronous twin of <see cref="EnsureInsideAsync"/>.</summary>
    void EnsureInside();

    /// <summary>
    /// Leaves it. If it throws, it has been left all the same, and the error, which the caller of the lock gets, tells that others may have
    /// been inside at the same time.
    /// </summary>
    /// <exception cref="LockLostException">It was lost before.</exception>
    void Leave();
}
