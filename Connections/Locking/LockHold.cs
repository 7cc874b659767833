namespace Connections.Locking;

/// <summary>How long a <see cref="LockedAttribute"/> stream, a method that returns an <see cref="IAsyncEnumerable{T}"/>, holds the lock.</summary>
public enum LockHold
{
    /// <summary>
    /// While one element is fetched, and while the enumerator is disposed; never while the consumer's loop body runs, which may call any locked
    /// method. Other callers come between two elements, so Core finds its place again by itself.
    /// </summary>
    Element,

    /// <summary>
    /// From the first <see cref="IAsyncEnumerator{T}.MoveNextAsync"/> until the enumerator is disposed: nobody comes between two elements.
    /// </summary>
    /// <remarks>
    /// <para>The lock is held while the consumer's loop body runs, but the body does not own it, because an asynchronous iterator cannot hand
    /// ownership to its consumer: <b>a locked call of the same object in the body waits for itself, for ever</b> (or until its timeout). The detector
    /// of deadlocks cannot tell it from a slow consumer, since nothing but the body itself ends the wait. The analyzer reports such a call where it can
    /// see it (CONN014). Collect the elements first, or use <see cref="Element"/>.</para>
    /// <para>Whoever moves the enumerator by hand takes no other lock, and no lease, to keep from one
    /// <see cref="IAsyncEnumerator{T}.MoveNextAsync"/> to a later one: each step runs as the owner of what was held when the first one began, so Core
    /// is an outsider to a lock that was taken since, and waits for it for as long as its caller holds it. Take such a lock before the first step.</para>
    /// <para>Every other caller waits as long as the consumer takes. An enumerator that is never disposed never releases; <c>await foreach</c> always
    /// disposes.</para>
    /// </remarks>
    Enumeration,
}
