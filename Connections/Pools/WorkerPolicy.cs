using Connections.Locking;
using Connections.Pooling;

namespace Connections.Pools;

/// <summary>How a pool of connections makes, checks and closes its workers.</summary>
internal sealed class WorkerPolicy : IWorkerPolicy<BaseConnection>, IAsyncDisposable
{
    private readonly Func<BaseConnection> _create;
    private BaseConnection? _first;

    // The first worker is made at once, so that a mistake in the settings shows where the pool is made, and not in each attempt to connect.
    public WorkerPolicy(Func<BaseConnection> create)
    {
        _create = create;
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
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<bool> ValidateAsync(BaseConnection worker, CancellationToken cancellationToken) => new(worker.IsConnected);

    public ValueTask<bool> ResetAsync(BaseConnection worker, CancellationToken cancellationToken) => new(worker.IsConnected);

    public ValueTask DestroyAsync(BaseConnection worker) => worker.DisposeAsync();

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _first, null)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
