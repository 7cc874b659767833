using System.Diagnostics;
using Connections.Locking;

namespace Connections.Pools;

/// <summary>
/// One connection held over several calls: a worker of a pool, of this process or another, or a single connection whose lock is held. Dispose it to give it back; a
/// second dispose does nothing.
/// </summary>
/// <typeparam name="TClient">What the connection is used as.</typeparam>
public sealed class ConnectionLease<TClient> : IDisposable, IAsyncDisposable
    where TClient : class
{
    private readonly LeaseFrame? _worker;
    private readonly Releaser _lock;
    private readonly ISharedLease? _shared;

    internal ConnectionLease(TClient client, LeaseFrame worker)
    {
        Client = client;
        _worker = worker;
        Ticket = worker.Ticket;
        Queued = worker.Queued;
        GrantOrder = worker.GrantOrder;
    }

    private ConnectionLease(TClient client, Releaser heldLock, TimeSpan queued)
    {
        Client = client;
        _lock = heldLock;
        Queued = queued;
    }

    private ConnectionLease(TClient client, ISharedLease shared, TimeSpan queued)
    {
        Client = client;
        _shared = shared;
        Queued = queued;
    }

    /// <summary>Takes a worker of a pool that another process has. Not async, so that the lease becomes the caller's own.</summary>
    internal static ValueTask<ConnectionLease<TClient>> OfSharedAsync(ISharedPool pool, TClient client, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var askedAt = Stopwatch.GetTimestamp();
        return CompleteAsync(client, pool.LeaseAsync(timeout, cancellationToken), askedAt);

        static async ValueTask<ConnectionLease<TClient>> CompleteAsync(TClient client, ValueTask<ISharedLease> granted, long askedAt)
        {
            var lease = await granted.ConfigureAwait(false);
            return new ConnectionLease<TClient>(lease as TClient ?? client, lease, Stopwatch.GetElapsedTime(askedAt));
        }
    }

    /// <summary>Enters the lock of a connection. Not async, so that the lock becomes the caller's own.</summary>
    internal static ValueTask<ConnectionLease<TClient>> OfLockAsync(
        BaseConnection connection, TClient client, TimeSpan? timeout, string member, CancellationToken cancellationToken)
    {
        var askedAt = Stopwatch.GetTimestamp();
        return CompleteAsync(client, connection.LockAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken, member), askedAt);

        static async ValueTask<ConnectionLease<TClient>> CompleteAsync(TClient client, ValueTask<Releaser> releaser, long askedAt)
        {
            var held = await releaser.ConfigureAwait(false);
            return new ConnectionLease<TClient>(client, held, Stopwatch.GetElapsedTime(askedAt));
        }
    }

    /// <summary>The connection. It serves only the holder until the lease is disposed, and must not be used afterwards.</summary>
    public TClient Client { get; }

    /// <summary>The order of asking among all leases of the pool, from 1; 0 where no worker of a pool was asked for.</summary>
    public long Ticket { get; }

    /// <summary>How long the holder waited.</summary>
    public TimeSpan Queued { get; }

    /// <summary>
    /// The place in the order of granting among all leases of the pool, growing: what tells in which order they were served; 0 where no worker of a
    /// pool was asked for.
    /// </summary>
    public long GrantOrder { get; }

    /// <summary>
    /// Makes the calling flow the holder, so that its calls through the alias go to what it holds. Needed where the lease was taken in an
    /// async method that has returned since, such as an async set-up of a test; calls on <see cref="Client"/> need nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lease has been disposed.</exception>
    public void Attach()
    {
        if (_shared is not null)
        {
            _shared.Attach();
            return;
        }

        if (_worker is null)
        {
            _lock.Attach();
            return;
        }

        if (_worker.State != FrameState.Held)
        {
            throw new InvalidOperationException("The lease has been disposed, so no flow can hold it. Lease again.");
        }

        AmbientFrame.Current = _worker;
    }

    /// <summary>Gives the connection back.</summary>
    public void Dispose()
    {
        _worker?.End();
        _shared?.Dispose();
        _lock.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
