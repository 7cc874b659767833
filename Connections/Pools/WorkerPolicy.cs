using Connections.Locking;
using Connections.Pooling;

namespace Connections.Pools;

/// <summary>How a pool of connections makes, checks and closes its workers.</summary>
internal sealed class WorkerPolicy(Func<BaseConnection> create) : IWorkerPolicy<BaseConnection>
{
    public async ValueTask<BaseConnection> CreateAsync(CancellationToken cancellationToken)
    {
        // The worker belongs to the pool, not to the flow whose request made it necessary.
        AmbientFrame.Current = null;
        var connection = create();
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
}
