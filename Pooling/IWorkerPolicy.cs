namespace Connections.Pooling;

/// <summary>What a <see cref="WorkerPool{T}"/> must know of its workers: how to make, check, clean and destroy one.</summary>
/// <remarks>
/// <para>The pool calls each method for different workers at the same time, so a policy is thread-safe; one worker is never in
/// two calls at once, but for <see cref="DestroyAsync"/> when the time to drain a closing pool is over.</para>
/// <para>The token of each call is the pool's own and is cancelled when the pool closes: a request that gives up never
/// aborts work on a worker, which the next request may want. Of the calls only <see cref="CreateAsync"/> is limited, by
/// <see cref="ConnectGovernorOptions.AttemptTimeout"/>: any other that talks to a device bounds itself.</para>
/// <para><see cref="ValidateAsync"/> and <see cref="ResetAsync"/> are called by whoever leases or returns a worker, in that one's
/// execution context, though often on behalf of another request; <see cref="CreateAsync"/> and <see cref="DestroyAsync"/> run on the
/// thread pool, in nobody's.</para>
/// <para>A <see cref="ValidateAsync"/> or <see cref="ResetAsync"/> that completes synchronously keeps leasing and returning
/// free of allocation.</para>
/// </remarks>
/// <typeparam name="T">The class of the workers.</typeparam>
public interface IWorkerPolicy<T>
    where T : class
{
    /// <summary>Makes a worker that is ready for use.</summary>
    /// <param name="cancellationToken">Cancelled when the pool closes, or the attempt has taken too long.</param>
    /// <returns>The new worker; the pool owns it until <see cref="DestroyAsync"/>.</returns>
    /// <remarks>
    /// Whatever it throws counts as a failed attempt, which the pool repeats after a growing delay; but an error that says of itself that it is not transient
    /// (<see cref="IConnectionError.IsTransient"/>), such as a wrong password, is final: requests for which no worker is alive fail with it at once, and further
    /// attempts are made for requests only, one at a time, with growing pauses. What it returns too late is destroyed.
    /// </remarks>
    ValueTask<T> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Checks a worker before it is leased, if it was idle for <see cref="WorkerPoolOptions.ValidateAfterIdle"/>; one that was created for
    /// the request is not checked again.
    /// </summary>
    /// <param name="worker">A worker that nobody uses.</param>
    /// <param name="cancellationToken">Cancelled when the pool closes.</param>
    /// <returns><see langword="false"/>, or any exception, if the worker is broken and must be replaced.</returns>
    ValueTask<bool> ValidateAsync(T worker, CancellationToken cancellationToken);

    /// <summary>
    /// Removes, on return, what the last holder left in a worker. Called where the holder marked its lease as changing the worker
    /// (<see cref="WorkerLease{T}.MarkChanged"/>) and <see cref="WorkerPoolOptions.Reuse"/> is <see cref="WorkerReuse.Reset"/>.
    /// </summary>
    /// <param name="worker">The worker that was returned.</param>
    /// <param name="cancellationToken">Cancelled when the pool closes.</param>
    /// <returns><see langword="false"/>, or any exception, if the worker is broken and must be replaced.</returns>
    ValueTask<bool> ResetAsync(T worker, CancellationToken cancellationToken);

    /// <summary>
    /// Releases all that a worker holds. Called once for each worker; also while its holder still uses
    /// it, if the time to drain a closing pool is over, so it ends such a use. What it throws is logged.
    /// </summary>
    /// <param name="worker">The worker, broken or not.</param>
    ValueTask DestroyAsync(T worker);
}
