namespace Connections.Pools;

/// <summary>
/// A class of connections that stands for a whole pool, which another process has: any number of calls are made on one object at a time, so that an alias with a
/// <c>pool_size</c>, which then is the other process's matter, is one object here. For classes that connect to such pools.
/// </summary>
public interface ISharedPool
{
    /// <summary>
    /// Takes one worker for the calling flow over several calls: what that flow asks of the connection goes to it. Not async, so that the lease becomes the caller's own.
    /// </summary>
    /// <param name="timeout">How long to wait; null for what the pool says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="Pooling.PoolTimeoutException">No worker became free in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<ISharedLease> LeaseAsync(TimeSpan? timeout, CancellationToken cancellationToken);
}
