using System.Diagnostics;
using System.Runtime.CompilerServices;
using Connections.Locking.Deadlocks;

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
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class ReentrantAsyncLock : IWaitSource
{
    private readonly Lock _mutex = new();
    private readonly HoldWatch? _holdWatch;
    private LockSlot _root;
    private bool _isWatched;

    /// <summary>Makes a lock that nobody holds.</summary>
    public ReentrantAsyncLock(LockOptions? options = null)
    {
        Options = options ?? new LockOptions();
        _scopeEnd = Options.Scope is null ? null : new CancellationTokenSource();
        if (Options.LongHold != Timeout.InfiniteTimeSpan)
        {
            _holdWatch = new HoldWatch(this, () => (_root.Holder, _root.Count), _mutex);
        }
    }

    /// <summary>The name of the lock in diagnostics, and its clock.</summary>
    public LockOptions Options { get; }

    /// <summary>
    /// Whether the calling flow holds this lock and is alone in it: false for an outsider, and for a scope while a call forked inside it is in.
    /// </summary>
    public bool IsHeldByCurrentFlow
    {
        get
        {
            lock (_mutex)
            {
                return FindHeld(AmbientFrame.Current) is { Slot.Occupant: null };
            }
        }
    }

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
    /// <exception cref="LockDeadlockException">The wait, which had no timeout, was the youngest of a deadlock that stood for its grace.</exception>
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
    /// <exception cref="LockDeadlockException">The wait, which had no timeout, was the youngest of a deadlock that stood for its grace.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="InvalidOperationException">The flow of the execution context is suppressed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than a timer can run (49 days).</exception>
    public ValueTask<Releaser> LockAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        EnterAsync(timeout, WayToWait.Await, member, cancellationToken);

    /// <summary>Enters the lock, blocking the calling thread however long it takes; see <see cref="LockAsync(CancellationToken, string)"/>.</summary>
    public Releaser Lock(CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        Lock(Timeout.InfiniteTimeSpan, cancellationToken, member);

    /// <summary>Enters the lock within a time, blocking the calling thread; see <see cref="LockAsync(TimeSpan, CancellationToken, string)"/>.</summary>
    public Releaser Lock(TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "")
    {
        ValidateTimeout(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        var began = Options.Scope is null ? 0 : Options.TimeProvider.GetTimestamp();
        var frame = Enter(timeout, WayToWait.Block, member, out var wait);
        var releaser = wait is null ? new Releaser(frame) : wait.Block(cancellationToken);
        return Options.Scope is null ? releaser : EnterScope(frame, releaser, timeout, began, cancellationToken);
    }

    /// <summary>Enters the lock within a time, if it can be had.</summary>
    /// <param name="timeout">How long to wait: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait; a grant that came first wins, and must be released.</param>
    /// <param name="member">Who enters, for diagnostics.</param>
    /// <returns>A releaser to be disposed; <see cref="Releaser.IsHeld"/> is false if the lock was not granted in time.</returns>
    /// <exception cref="LockDeadlockException">The wait, which had no timeout, was the youngest of a deadlock that stood for its grace.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="InvalidOperationException">The flow of the execution context is suppressed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than a timer can run (49 days).</exception>
    public ValueTask<Releaser> TryLockAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        EnterAsync(timeout, WayToWait.Try, member, cancellationToken);

    /// <summary>Throws unless the calling flow holds this lock: see <see cref="IsHeldByCurrentFlow"/>.</summary>
    /// <exception cref="InvalidOperationException">It does not; the message names who does.</exception>
    public void AssertHeld([CallerMemberName] string member = "")
    {
        if (!IsHeldByCurrentFlow)
        {
            throw new InvalidOperationException(
                $"{member} must be called inside the lock of {Options.Name}, which is held by {Holder?.Member ?? "nobody"}. Enter the lock first.");
        }
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

    private string DebuggerText => Holder is { } holder
        ? $"{Options.Name}: held by {holder.Member} for {holder.HeldFor.TotalSeconds:0.0} s, {holder.Waiting} waiting"
        : $"{Options.Name}: free";

    private ValueTask<Releaser> EnterAsync(TimeSpan timeout, WayToWait way, string member, CancellationToken cancellationToken)
    {
        ValidateTimeout(timeout);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Releaser>(cancellationToken);
        }

        var frame = Enter(timeout, way, member, out var wait);
        var entry = wait is null ? new(new Releaser(frame)) : wait.WaitAsync(cancellationToken);
        return Options.Scope is null ? entry : EnterScopeAsync(frame, entry, timeout, way, cancellationToken);
    }
}
