using System.Runtime.CompilerServices;

namespace Connections.Pooling;

/// <summary>Leasing from code that cannot await.</summary>
public sealed partial class WorkerPool<T>
{
    /// <summary>
    /// Leases a worker as <see cref="LeaseAsync(CancellationToken, string)"/> does, in the same queue, but blocks the calling thread
    /// meanwhile. A worker that is returned reaches it even while every thread of the thread pool is blocked; creating one, and what a policy
    /// does asynchronously, needs such a thread.
    /// </summary>
    /// <param name="cancellationToken">Gives the request up, unless it is granted first.</param>
    /// <param name="holder">Who asks, for the errors that name who holds the workers; the calling member unless given.</param>
    /// <returns>The lease, to be disposed exactly once.</returns>
    /// <inheritdoc cref="LeaseAsync(CancellationToken, string)" path="/exception"/>
    public WorkerLease<T> Lease(CancellationToken cancellationToken = default, [CallerMemberName] string holder = "") =>
        Lease(_options.Timeout, cancellationToken, holder);

    /// <param name="timeout">
    /// Queueing, creating and validating together: from zero (take a free worker or fail) to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="cancellationToken">Gives the request up, unless it is granted first.</param>
    /// <param name="holder">Who asks, for the errors that name who holds the workers; the calling member unless given.</param>
    /// <inheritdoc cref="Lease(CancellationToken, string)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public WorkerLease<T> Lease(TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string holder = "")
    {
        WorkerPoolOptions.CheckTime(timeout, nameof(timeout));
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = Ask(new Request(holder, timeout, CaptureStack(), Blocks: true), out var lease);
        return waiter is null ? lease : waiter.Block(cancellationToken);
    }
}
