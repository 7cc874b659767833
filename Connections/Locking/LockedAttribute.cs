namespace Connections.Locking;

/// <summary>
/// Makes a method of a connection class hold the connection's lock while it runs. The method is declared
/// <see langword="partial"/> and without a body; the class writes the work itself as <c>…Core</c>, and the generator
/// writes the body that locks, calls Core, lets the connection recover when Core throws, and releases:
/// <code>
/// [Locked]
/// public partial Task&lt;string&gt; ExecuteAsync(string command, CancellationToken cancellationToken = default);
///
/// private async Task&lt;string&gt; ExecuteCoreAsync(string command, CancellationToken cancellationToken) { … }
/// </code>
/// </summary>
/// <remarks>
/// <para><c>ExecuteAsync</c> calls <c>ExecuteCoreAsync</c>, <c>Read</c> calls <c>ReadCore</c>. Core has the same parameters,
/// type parameters and return type; in a class that is not sealed it is best <c>protected virtual</c>.</para>
/// <para>The class, and each type around it, is <see langword="partial"/>, and the class implements <see cref="ILockable"/>, as every
/// <see cref="BaseConnection"/> does. The method returns <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/>,
/// <see cref="ValueTask{TResult}"/>, <see cref="IAsyncEnumerable{T}"/>, or, synchronous, nothing or a value. A cancelled or timed-out wait throws before Core
/// has run. Locked methods may call each other: the lock is reentrant.</para>
/// <para>A stream (<see cref="IAsyncEnumerable{T}"/>) holds the lock only while one element is fetched from Core's enumerator, and while that
/// enumerator is disposed; never while its consumer's loop body runs, which may call any locked method. So other calls come between two
/// elements: Core finds its place again by itself. The timeout counts for each fetch, not for disposing, which waits as long as it takes. The
/// method's token and that of whoever enumerates (<c>WithCancellation</c>) both cancel, whether the method takes one or not. <see cref="Hold"/>
/// makes a stream hold the lock from its first element to its end instead.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class LockedAttribute : Attribute
{
    /// <summary>
    /// How long to wait for the lock, in milliseconds: 0 gives up at once, -1 (the default) waits until the call is cancelled.
    /// The time that Core takes does not count.
    /// </summary>
    public int TimeoutMs { get; set; } = -1;

    /// <summary>
    /// How long a stream holds the lock; meaningless, and refused, for any other method. With <see cref="LockHold.Enumeration"/> a locked call in the
    /// consumer's loop body waits for itself: read there before using it.
    /// </summary>
    public LockHold Hold { get; set; } = LockHold.Element;
}
