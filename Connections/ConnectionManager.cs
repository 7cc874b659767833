using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Connections.Pools;

namespace Connections;

/// <summary>
/// The connections of one device by alias: each a single connection or a pool of identical ones, used in the same way. Thread-safe.
/// </summary>
public sealed partial class ConnectionManager
{
    private readonly Device _device;
    private readonly ConnectionClasses _classes;
    private readonly Lock _mutex = new();
    private readonly Dictionary<string, IManagedConnection> _connections = new(StringComparer.Ordinal);
    private bool _isClosed;

    internal ConnectionManager(Device device, ConnectionClasses classes)
    {
        _device = device;
        _classes = classes;
    }

    /// <summary>
    /// Raised after each change of state of any connection of the device, workers of pools included; see
    /// <see cref="BaseConnection.StateChanged"/>.
    /// </summary>
    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    /// <summary>The aliases that exist, connected or not, in order.</summary>
    public IReadOnlyList<string> Aliases
    {
        get
        {
            lock (_mutex)
            {
                return [.. _connections.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>What stands under each alias that exists, in order of the aliases.</summary>
    public IReadOnlyList<ConnectionStatus> GetStatus()
    {
        lock (_mutex)
        {
            return [.. _connections.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => entry.Value.Status)];
        }
    }

    /// <summary>
    /// Makes a connection and connects it. If the alias exists already, it is connected again if need be; where the options ask for other
    /// settings than it has, it is left as it is, and the call throws. A new alias whose connecting fails does not stay.
    /// </summary>
    /// <param name="options">Which connection, under which alias; the device's defaults if null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Pooling.ConnectFailedException">The device could not be reached, or refused.</exception>
    /// <exception cref="Pooling.ConnectionException">No such connection is defined, its class is unknown, or the alias exists with other settings.</exception>
    /// <exception cref="ObjectDisposedException">The device has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task ConnectAsync(ConnectOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(options, classOfCall: null, cancellationToken);

    /// <summary>Makes a connection of a class that the call names, whatever the definition says; see <see cref="ConnectAsync(ConnectOptions, CancellationToken)"/>.</summary>
    /// <inheritdoc cref="ConnectAsync(ConnectOptions, CancellationToken)"/>
    public Task ConnectAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        ConnectOptions? options = null, CancellationToken cancellationToken = default)
        where T : BaseConnection => ConnectAsync(options, ConnectionClass.Of<T>(), cancellationToken);

    /// <summary>Makes a connection without connecting it; if the alias exists with equal settings, nothing happens.</summary>
    /// <inheritdoc cref="ConnectAsync(ConnectOptions, CancellationToken)"/>
    public void Instantiate(ConnectOptions? options = null) => GetOrAdd(options, classOfCall: null, out _);

    /// <summary>Makes a connection of a class that the call names without connecting it; see <see cref="Instantiate(ConnectOptions)"/>.</summary>
    /// <inheritdoc cref="ConnectAsync(ConnectOptions, CancellationToken)"/>
    public void Instantiate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(ConnectOptions? options = null)
        where T : BaseConnection => GetOrAdd(options, ConnectionClass.Of<T>(), out _);

    /// <summary>Whether the alias is connected; false for one that does not exist.</summary>
    public bool IsConnected(string? alias = null)
    {
        lock (_mutex)
        {
            return _connections.TryGetValue(alias ?? DefaultAlias, out var connection) && connection.IsConnected;
        }
    }

    /// <summary>
    /// What stands under an alias, as the interface or class that the caller wants to use. A pool gives an object that looks like one
    /// connection: each call on it goes to a free worker.
    /// </summary>
    /// <param name="alias">The alias; if null, the device's default, or else the only one that exists.</param>
    /// <exception cref="UnknownAliasException">There is no such alias; the message names those that exist.</exception>
    /// <exception cref="Pooling.ConnectionException">It is something else; for a pool asked for as a class, the message names the interface to ask for.</exception>
    public TClient Get<TClient>(string? alias = null)
        where TClient : class => Find(alias).Get<TClient>();

    /// <summary>The pool under an alias: its statistics, and its workers for several calls.</summary>
    /// <inheritdoc cref="Get{TClient}(string)"/>
    public ConnectionPool GetPool(string? alias = null)
    {
        var found = Find(alias);
        return found as ConnectionPool
            ?? throw NewError($"The alias '{found.Settings.Alias}' of device '{_device.Name}' is a single connection. Set pool_size to make it a pool.");
    }

    /// <summary>
    /// Holds one connection over several calls: a worker of a pool, or the lock of a single connection. Calls that the holder makes
    /// through <see cref="Get{TClient}(string)"/> meanwhile go to what it holds.
    /// </summary>
    /// <param name="alias">The alias; if null, the device's default, or else the only one that exists.</param>
    /// <param name="timeout">How long to wait; null for what the pool says, or without end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="member">Who leases, for diagnostics.</param>
    /// <returns>The lease, to be disposed. Await it at once, in the method that uses it.</returns>
    /// <exception cref="UnknownAliasException">There is no such alias.</exception>
    /// <exception cref="NotConnectedException">The alias is a pool that is not connected.</exception>
    /// <exception cref="Pooling.PoolTimeoutException">No worker became free in time; the message names those who hold them.</exception>
    /// <exception cref="Locking.LockTimeoutException">The single connection was not let go in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ConnectionLease<TClient>> LeaseAsync<TClient>(
        string? alias = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default, [CallerMemberName] string member = "")
        where TClient : class => Find(alias).LeaseAsync<TClient>(timeout, member, cancellationToken);

    /// <summary>Disconnects an alias after the calls in progress, and keeps it, to be connected again.</summary>
    /// <exception cref="UnknownAliasException">There is no such alias.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task DisconnectAsync(string? alias = null, CancellationToken cancellationToken = default) =>
        Find(alias).DisconnectAsync(cancellationToken);

    /// <summary>Disconnects an alias and removes it.</summary>
    /// <exception cref="UnknownAliasException">There is no such alias.</exception>
    public async Task DestroyAsync(string? alias = null) => await Remove(alias).DisposeAsync().ConfigureAwait(false);

    /// <summary>Disconnects all aliases and keeps them.</summary>
    /// <exception cref="AggregateException">Some could not be closed in order; it names each. The others are disconnected.</exception>
    public Task DisconnectAllAsync(CancellationToken cancellationToken = default) =>
        ForAllAsync("disconnected", Aliases, alias => DisconnectAsync(alias, cancellationToken));

    /// <summary>Destroys all, for good.</summary>
    internal Task CloseAsync()
    {
        lock (_mutex)
        {
            _isClosed = true;
        }

        return DestroyAllAsync();
    }

    /// <summary>Disconnects all aliases and removes them.</summary>
    /// <exception cref="AggregateException">Some could not be closed in order; it names each. All are removed.</exception>
    public Task DestroyAllAsync() => ForAllAsync("destroyed", Aliases, DestroyAsync);
}
