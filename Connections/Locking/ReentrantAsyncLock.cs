using System.Runtime.CompilerServices;

namespace Connections.Locking;

/// <summary>
/// A mutual exclusion lock for asynchronous and synchronous callers that a call chain may enter again at any depth, across awaits and
/// threads. Thread-safe.
/// </summary>
/// <remarks>
/// <para>Ownership follows the execution context. Each entry is a frame, and a held frame is a place of its own for the calls made
/// inside it: siblings forked inside one scope (<see cref="Task.WhenAll(Task[])"/>, <see cref="Task.Run(Action)"/>) exclude each other, and
/// every outsider, instead of all holding the lock at once. A forked call that outlives the scope it was forked in is an outsider again,
/// and a scope that ends while such a call is inside lets nobody in before that call has left.</para>
/// <para>Those who wait are served strictly in the order in which they asked, whether they wait synchronously or not; nobody who comes
/// later overtakes them.</para>
/// <para>Two situations need <see cref="Releaser.Attach"/> or care: an async method that returns a releaser leaves its caller an outsider,
/// and an async iterator cannot give ownership to the body of the loop that consumes it.</para>
/// <para>Entering while the flow of the execution context is suppressed throws <see cref="InvalidOperationException"/>.</para>
/// </remarks>
public sealed partial class ReentrantAsyncLock
{
    private readonly Lock _mutex = new();
    private LockSlot _root;

    /// <summary>Makes a lock that nobody holds.</summary>
    public ReentrantAsyncLock(LockOptions? options = null) => Options = options ?? new LockOptions();

    /// <summary>The name of the lock in diagnostics, and its clock.</summary>
    public LockOptions Options { get; }

    /// <summary>Whether the calling flow holds this lock.</summary>
    public bool IsHeldByCurrentFlow => FindHeld(AmbientFrame.Current) is not null;

    /// <summary>Who holds the lock now; null if nobody does.</summary>
    public LockHolder? Holder
    {
        get
        {
            lock (_mutex)
            {
                return _root.Occupant is null ? null : DescribeHolder(ref _root);
            }
        }
    }

    /// <summary>
    /// Lets what the calling flow starts from here on be an outsider to every lock and lease that the flow holds, until the result is
    /// disposed by the same method.
    /// </summary>
    public static DetachedScope Detach() => DetachedScope.Enter();

    /// <summary>Enters the lock, however long it takes.</summary>
    /// <param name="cancellationToken">Ends the wait; a grant that came first wins, and must be released.</param>
    /// <param name="member">Who enters, for diagnostics.</param>
    /// <returns>The held lock, to be disposed. Await it at once, in the method that uses it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="InvalidOperationException">The flow of the execution context is suppressed.</exception>
    public ValueTask<Releaser> LockAsync(CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        LockAsync(Timeout.InfiniteTimeSpan, cancellationToken, member);

    /// <summary>Enters the lock within a time.</summary>
    /// <param name="timeout">How long to wait: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait; a grant that came first wins, and must be released.</param>
    /// <param name="member">Who enters, for diagnostics.</param>
    /// <returns>The held lock, to be disposed. Await it at once, in the method that uses it.</returns>
    /// <exception cref="LockTimeoutException">The lock was not granted in time; the message names its holder.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="InvalidOperationException">The flow of the execution context is suppressed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than a timer can run (49 days).</exception>
    public ValueTask<Releaser> LockAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "")
    {
        ValidateTimeout(timeout);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Releaser>(cancellationToken);
        }

        if (TryEnter(member, out var granted, out var waiter))
        {
            return new(new Releaser(granted));
        }

        waiter.Arm(timeout, cancellationToken);
        return waiter.Task;
    }

    /// <summary>Enters the lock, blocking the calling thread however long it takes; see <see cref="LockAsync(CancellationToken, string)"/>.</summary>
    public Releaser Lock(CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        Lock(Timeout.InfiniteTimeSpan, cancellationToken, member);

    /// <summary>Enters the lock within a time, blocking the calling thread; see <see cref="LockAsync(TimeSpan, CancellationToken, string)"/>.</summary>
    public Releaser Lock(TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "")
    {
        ValidateTimeout(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        if (TryEnter(member, out var granted, out var waiter))
        {
            return new Releaser(granted);
        }

        waiter.Arm(timeout, cancellationToken);
        return waiter.Wait();
    }

    /// <summary>Runs a body inside the lock. The usual form where a result is wanted: nothing can be forgotten.</summary>
    /// <param name="state">What the body needs, so that it can be a static lambda.</param>
    /// <param name="body">What to do while the lock is held.</param>
    /// <param name="cancellationToken">Ends the wait, and is handed to the body.</param>
    /// <param name="member">Who enters, for diagnostics.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    public async ValueTask<TResult> RunAsync<TState, TResult>(
        TState state,
        Func<TState, CancellationToken, ValueTask<TResult>> body,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        using (await LockAsync(cancellationToken, member).ConfigureAwait(false))
        {
            return await body(state, cancellationToken).ConfigureAwait(false);
        }
    }
}
