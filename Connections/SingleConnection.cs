using Connections.Pooling;
using Connections.Pools;

namespace Connections;

/// <summary>One plain connection under an alias.</summary>
internal sealed class SingleConnection : IManagedConnection
{
    private readonly BaseConnection _connection;
    private readonly ConnectGovernor _governor;
    private readonly Reconnector? _reconnector;

    /// <param name="connection">The connection, attached to its device.</param>
    /// <param name="device">The device, whose options say whether the connection is connected again when it is lost.</param>
    public SingleConnection(BaseConnection connection, Device device)
    {
        _connection = connection;
        _governor = device.Governor;
        _reconnector = device.Options.Reconnect ? new Reconnector(connection, device) : null;
    }

    public ConnectionSettings Settings => _connection.Settings;

    public bool IsConnected => _connection.IsConnected;

    public ConnectionStatus Status => new(Settings.Alias, _connection.State, PoolSize: null, _connection.Holder);

    public Task ConnectAsync(CancellationToken cancellationToken) => _connection.IsConnected
        ? Task.CompletedTask
        : _governor.AttemptAsync(Reconnector.Attempt, _connection, cancellationToken).AsTask();

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _reconnector?.Stop();
        return _connection.DisconnectAsync(cancellationToken);
    }

    public TClient Get<TClient>()
        where TClient : class =>
        _connection as TClient
        ?? throw new ConnectionException(
            $"The {_connection} is a {_connection.GetType().Name}, which is no {typeof(TClient).Name}. Ask for what it is, or for another alias.")
        {
            Alias = _connection.Alias,
            Device = Settings.DeviceName,
        };

    public ValueTask<ConnectionLease<TClient>> LeaseAsync<TClient>(TimeSpan? timeout, string member, CancellationToken cancellationToken)
        where TClient : class => _connection is ISharedPool pool
        ? ConnectionLease<TClient>.OfSharedAsync(pool, Get<TClient>(), timeout, cancellationToken)
        : ConnectionLease<TClient>.OfLockAsync(_connection, Get<TClient>(), timeout, member, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _reconnector?.Dispose();
        return _connection.DisposeAsync();
    }
}
