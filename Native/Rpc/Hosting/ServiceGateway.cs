using System.Collections.Concurrent;
using Connections.Native.Rpc.Arbitration;

namespace Connections.Native.Rpc.Hosting;

/// <summary>Lets clients call a service over TCP: their calls take their turn at the service's address in shared memory, among all others.</summary>
internal sealed class ServiceGateway : IAsyncDisposable
{
    private const int ConcurrentCalls = 64;

    private readonly RpcClient _client;
    private readonly RpcQueueView _queue;
    private readonly ConcurrentDictionary<RpcContract, ForwardingDispatcher> _dispatchers = new();
    private RpcServer? _server;

    private ServiceGateway(ServiceDefinition service)
    {
        // While a process is replaced there may be none.
        _client = new RpcClient(service.Address, new RpcClientOptions { WaitForServer = Timeout.InfiniteTimeSpan });
        _queue = new RpcQueueView(service.Address);
    }

    /// <summary>Where it serves, with the port that was chosen.</summary>
    public RpcAddress Address => _server!.Address;

    /// <summary>Begins to serve.</summary>
    /// <exception cref="RpcSecurityException">Other machines could connect, and there are no certificates.</exception>
    /// <exception cref="Pooling.ConnectFailedException">The port cannot be had.</exception>
    public static async Task<ServiceGateway> StartAsync(ServiceDefinition service, CancellationToken cancellationToken)
    {
        var gateway = new ServiceGateway(service);
        try
        {
            var options = new RpcServerOptions { ConcurrentCalls = ConcurrentCalls, Tls = service.Tls };
            gateway._server = await RpcServer.StartAsync(service.TcpAddress!, new RpcServices { Forward = gateway.Find }, options, cancellationToken).ConfigureAwait(false);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Refuses what is new, and lets calls that were begun end, until the time is over.</summary>
    public Task StopAsync(TimeSpan patience) => _server!.StopAsync(patience);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        await _client.DisposeAsync().ConfigureAwait(false);
        _queue.Dispose();
    }

    // What was served once is not forgotten while its processes are replaced.
    private ForwardingDispatcher? Find(RpcContract contract) =>
        _dispatchers.TryGetValue(contract, out var known) ? known
        : _queue.Serves(contract) ? _dispatchers.GetOrAdd(contract, wanted => new ForwardingDispatcher(_client.RouteTo(wanted)))
        : null;
}
