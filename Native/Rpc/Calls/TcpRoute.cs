using Connections.Native.Rpc.Transport;

namespace Connections.Native.Rpc.Calls;

/// <summary>The one server at a TCP address, over one connection that is made anew when it is lost. The server itself lets calls wait.</summary>
internal sealed class TcpRoute(RpcAddress address, RpcContract contract, RpcClientOptions options) : IRoute
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile ClientConnection? _connection;

    public async ValueTask<Claim> ClaimAsync(Deadline deadline, CancellationToken cancellationToken) =>
        new(_connection is { IsUsable: true } usable ? usable : await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false), 0, 0, 0);

    // The server counts its calls itself. One that began nothing is stopping, or soon will be gone: the next call connects anew.
    public void GiveBack(in Claim claim) => claim.Connection.Retire();

    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync().ConfigureAwait(false);
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<ClientConnection> ConnectAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        using var limit = Limit.Of(deadline, options.TimeProvider, cancellationToken);
        try
        {
            await _connecting.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                if (_connection is { IsUsable: true } usable)
                {
                    return usable;
                }

                if (_connection is not null)
                {
                    await _connection.DisposeAsync().ConfigureAwait(false);
                    _connection = null;
                }

                return _connection = await KeepTryingAsync(limit.Token).ConfigureAwait(false);
            }
            finally
            {
                _connecting.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcTimeoutException($"{address} could not be reached in time.");
        }
    }

    private async ValueTask<ClientConnection> KeepTryingAsync(CancellationToken cancellationToken)
    {
        var patience = Deadline.After(options.WaitForServer, options.TimeProvider);
        while (true)
        {
            try
            {
                var channel = await TcpTransport.ConnectAsync(address, options.Tls, options.MaxMessageSize, cancellationToken).ConfigureAwait(false);
                return await ClientConnection.OpenAsync(channel, contract, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is NoServerException or NotBegunException)
            {
                if (patience.HasPassed)
                {
                    throw error as NoServerException ?? new NoServerException($"The server at {address} lets nobody in: {error.Message}", error);
                }
            }

            await Task.Delay(RetryDelay, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan RetryDelay { get; } = TimeSpan.FromMilliseconds(20);
}
