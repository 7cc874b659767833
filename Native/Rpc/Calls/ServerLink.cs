namespace Connections.Native.Rpc.Calls;

/// <summary>The connection to one of several servers, made when it is first needed. Thread-safe.</summary>
internal sealed class ServerLink : IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile ClientConnection? _connection;
    private volatile bool _isRetired;

    /// <summary>The connection, if it was made; it may have been lost since.</summary>
    public ClientConnection? Connection => _connection;

    /// <summary>The connection; made if there is none, or it was lost.</summary>
    public async ValueTask<ClientConnection> ConnectAsync(
        Func<CancellationToken, ValueTask<ClientConnection>> open, CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is { IsUsable: true } usable)
            {
                return usable;
            }

            if (_connection is not null)
            {
                await _connection.DisposeAsync().ConfigureAwait(false);
            }

            _connection = await open(cancellationToken).ConfigureAwait(false);
            if (_isRetired)
            {
                _connection.Retire();
            }

            return _connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Ends the connection with the last of its calls.</summary>
    public void Retire()
    {
        _isRetired = true;
        _connection?.Retire();
    }

    public async ValueTask DisposeAsync()
    {
        _isRetired = true;
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
