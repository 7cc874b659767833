using System.Buffers.Binary;
using System.Security.Cryptography;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.Rpc.Serving;
using Connections.Native.Rpc.Transport;

namespace Connections.Native.Rpc;

/// <summary>Serves services at an address, until it is stopped. Thread-safe.</summary>
public sealed class RpcServer : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(20);

    private readonly IMessageListener _listener;
    private readonly IAdmission _admission;
    private readonly RpcServices _services;
    private readonly RpcServerOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _mutex = new();
    private readonly Dictionary<ServerConnection, Task> _connections = [];
    private readonly Task _accepting;
    private Task? _stopping;

    private RpcServer(IMessageListener listener, IAdmission admission, RpcServices services, RpcServerOptions options)
    {
        _listener = listener;
        _admission = admission;
        _services = services;
        _options = options;
        _accepting = Task.Run(AcceptAllAsync);
    }

    /// <summary>Where it serves, with the port that was chosen.</summary>
    public RpcAddress Address => _listener.Address;

    /// <summary>How many clients are connected.</summary>
    public int Connections
    {
        get
        {
            lock (_mutex)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Begins to serve. When this has completed, clients are served.</summary>
    /// <param name="address"><c>shm://name</c>, where any number of servers may serve, or <c>tcp://host:port</c>; port 0 takes a free one.</param>
    /// <param name="services">What is served.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FormatException">The address is neither.</exception>
    /// <exception cref="ArgumentException">There are no services, or more than a server can have.</exception>
    /// <exception cref="RpcSecurityException">Other machines could connect, and there are no certificates.</exception>
    /// <exception cref="Pooling.ConnectFailedException">The port cannot be had.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had, or too many serve there already.</exception>
    public static async ValueTask<RpcServer> StartAsync(
        string address, RpcServices services, RpcServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Contracts.Count == 0 && services.Forward is null)
        {
            throw new ArgumentException("There is no service to serve: add one.", nameof(services));
        }

        if (services.Contracts.Count > RegistryLayout.MostContracts)
        {
            throw new ArgumentException($"{services.Contracts.Count} services are more than one server can have, which is {RegistryLayout.MostContracts}.", nameof(services));
        }

        options ??= RpcServerOptions.Default;
        var place = RpcAddress.Parse(address);
        if (place.Name is null)
        {
            var listener = await TcpTransport.ListenAsync(place, options, cancellationToken).ConfigureAwait(false);
            return new RpcServer(listener, new QueueAdmission(options.ConcurrentCalls), services, options);
        }

        return await StartSharedAsync(place, services, options).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops: refuses what is new, which clients take elsewhere, lets calls that were begun end, and then, or when the time is over, ends all
    /// connections; calls that are still being served are cancelled then. A second call waits for the same end.
    /// </summary>
    /// <param name="patience">How long calls may take to end.</param>
    public Task StopAsync(TimeSpan patience)
    {
        lock (_mutex)
        {
            return _stopping ??= Task.Run(() => StopCoreAsync(patience));
        }
    }

    /// <summary>Stops without waiting for calls to end.</summary>
    public ValueTask DisposeAsync() => new(StopAsync(TimeSpan.Zero));

    private static async ValueTask<RpcServer> StartSharedAsync(RpcAddress address, RpcServices services, RpcServerOptions options)
    {
        var instance = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var listener = new SharedMessageListener(address, instance, options.MaxMessageSize);
        try
        {
            // It listens before anybody can claim it.
            return new RpcServer(listener, new SeatAdmission(address.Name!, instance, services, options.ConcurrentCalls), services, options);
        }
        catch
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StopCoreAsync(TimeSpan patience)
    {
        _admission.Close();
        List<ServerConnection> connections;
        lock (_mutex)
        {
            connections = [.. _connections.Keys];
        }

        try
        {
            await Task.WhenAll(connections.Select(static connection => connection.CloseAsync()))
                .WaitAsync(patience, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Those that are left are cancelled below.
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        Task[] all;
        lock (_mutex)
        {
            all = [.. _connections.Values];
        }

        await Task.WhenAll(all).ConfigureAwait(false);
        await _admission.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    Accept(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
                }
                catch (Exception error) when (!_stop.IsCancellationRequested)
                {
                    // The system may have no descriptors or memory now, and later have some again.
                    ServerLog.NotAccepted(_options.Logger, Address, error);
                    await Task.Delay(AcceptPause, _options.TimeProvider, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever the listener says of it, it was told to end.
        }
    }

    private void Accept(IMessageChannel channel)
    {
        var connection = new ServerConnection(channel, _services, _admission, _options);
        lock (_mutex)
        {
            if (_connections.Count < _options.MaxConnections)
            {
                _connections.Add(connection, Task.Run(() => ServeAsync(connection)));
                return;
            }
        }

        ServerLog.TurnedAway(_options.Logger, Address, channel.Peer, _options.MaxConnections);
        channel.Abort();
    }

    private async Task ServeAsync(ServerConnection connection)
    {
        try
        {
            await connection.ServeAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (ConnectionLostException error)
        {
            ServerLog.ClientLost(_options.Logger, Address, connection.Peer, error.Message);
        }
        catch (Exception error) when (error is RpcProtocolException or RpcSecurityException)
        {
            ServerLog.ConnectionEnded(_options.Logger, Address, connection.Peer, error.Message);
        }
        catch (Exception error)
        {
            ServerLog.Unexpected(_options.Logger, Address, connection.Peer, error);
        }
        finally
        {
            lock (_mutex)
            {
                _connections.Remove(connection);
            }
        }
    }
}
