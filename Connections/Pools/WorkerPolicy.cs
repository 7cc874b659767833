using Connections.Locking;
using Connections.Pooling;

namespace Connections.Pools;

/// <summary>How a pool of connections makes, checks and closes its workers.</summary>
internal sealed class WorkerPolicy : IWorkerPolicy<BaseConnection>, IAsyncDisposable
{
    private readonly Func<BaseConnection> _create;
    private readonly TimeSpan _checkAfterIdle;
    private readonly TimeProvider _timeProvider;
    private BaseConnection? _first;

    // The first worker is made at once, so that a mistake in the settings shows where the pool is made, and not in each attempt to connect.
    public WorkerPolicy(Func<BaseConnection> create, TimeSpan checkAfterIdle, TimeProvider timeProvider)
    {
        _create = create;
        _checkAfterIdle = checkAfterIdle;
        _timeProvider = timeProvider;
        _first = create();
    }

    public async ValueTask<BaseConnection> CreateAsync(CancellationToken cancellationToken)
    {
        // The worker belongs to the pool, not to the flow whose request made it necessary.
        AmbientFrame.Current = null;
        var connection = Interlocked.Exchange(ref _first, null) ?? _create();
        try
        {
            await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            connection.LastUsed = Moment.Now(_timeProvider, exactly: false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Whether it is known to be lost costs nothing to ask; whether its device still answers may cost a round trip.
    public ValueTask<bool> ValidateAsync(BaseConnection worker, CancellationToken cancellationToken)
    {
        var isWorthAsking = worker.IsConnected
            && _checkAfterIdle != Timeout.InfiniteTimeSpan
            && worker.LastUsed.Ago(_timeProvider) >= _checkAfterIdle;
        return isWorthAsking ? new(IsHealthyAsync(worker, cancellationToken)) : new(worker.IsConnected);
    }

    public async ValueTask<bool> ResetAsync(BaseConnection worker, CancellationToken cancellationToken)
    {
        // Not in the flow of the holder that returns it: its frames are its own.
        AmbientFrame.Current = null;
        await worker.UndoChangesAsync(cancellationToken).ConfigureAwait(false);
        return worker.IsConnected;
    }

    private static Task<bool> IsHealthyAsync(BaseConnection worker, CancellationToken cancellationToken)
    {
        // Nor in the flow of the caller for which it is asked.
        using var detached = ReentrantAsyncLock.Detach();
        return worker.IsHealthyAsync(cancellationToken);
    }

    public ValueTask DestroyAsync(BaseConnection worker) => worker.DisposeAsync();

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _first, null)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
