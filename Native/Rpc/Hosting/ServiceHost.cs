using Connections.Native.Sync;
using Connections.Pooling;

namespace Connections.Native.Rpc.Hosting;

/// <summary>
/// Runs the processes of services: starts them, starts them again when they end, more of them while callers queue, fewer when those are idle, and anew those that use
/// too much memory. A service is run by one process at a time. If this process dies, its services' processes stop by themselves. Linux alone. Thread-safe.
/// </summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private const string Kind = "service";

    private readonly List<Reservation> _reservations = [];
    private readonly List<ServiceSupervisor> _supervisors = [];
    private readonly Dictionary<string, ServiceGateway> _gateways = [];
    private readonly TimeSpan _grace;
    private int _isDisposed;

    private ServiceHost(TimeSpan grace) => _grace = grace;

    /// <summary>Where services are called over TCP, by their names, with the ports that were chosen.</summary>
    public IReadOnlyDictionary<string, RpcAddress> TcpAddresses => _gateways.ToDictionary(static gateway => gateway.Key, static gateway => gateway.Value.Address);

    /// <summary>Fails with what keeps this from looking after its processes; else it completes once this was disposed.</summary>
    public Task Completion => Task.WhenAll(_supervisors.Select(static supervisor => supervisor.Completion));

    /// <summary>Starts services. When this has completed, each has a process that serves.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How their processes are run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ConnectFailedException">A service is run by another process, or its first process did not begin to serve, or its TCP port cannot be had.</exception>
    /// <exception cref="RpcSecurityException">A service is to be called over TCP by other machines, and there are no certificates.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ServiceHost> StartAsync(
        IReadOnlyList<ServiceDefinition> services, ServiceHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var host = new ServiceHost(options.Grace);
        try
        {
            foreach (var service in services)
            {
                host.Reserve(service);
            }

            host._supervisors.AddRange(services.Select(service => new ServiceSupervisor(service, options)));
            await Task.WhenAll(host._supervisors.Select(static supervisor => supervisor.Ready))
                .WaitAsync(options.StartTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            foreach (var service in services.Where(static service => service.TcpAddress is not null))
            {
                host._gateways.Add(service.Name, await ServiceGateway.StartAsync(service, cancellationToken).ConfigureAwait(false));
            }

            return host;
        }
        catch (TimeoutException error)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw new ConnectFailedException($"Not every service began to serve within {options.StartTimeout}; the log files of their processes may tell why.", error);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lists the services that processes of this user run on this machine, by name.</summary>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    public static IReadOnlyList<ServiceStatus> List() =>
    [
        .. Reservation.List(Kind).Select(static served => Look(served.Name, served.Owner)),
    ];

    /// <summary>Stops all processes: lets their calls end, and kills those that take longer than <see cref="ServiceHostOptions.Grace"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await Task.WhenAll(_gateways.Values.Select(gateway => gateway.StopAsync(_grace))).ConfigureAwait(false);
        foreach (var gateway in _gateways.Values)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_supervisors.Select(static supervisor => supervisor.DisposeAsync().AsTask())).ConfigureAwait(false);
        _reservations.ForEach(static reservation => reservation.Dispose());
    }

    private static ServiceStatus Look(string name, HybridLockUser owner)
    {
        using var queue = new RpcQueueView($"shm://{name}");
        var found = queue.Look();
        return new ServiceStatus(name, owner.Process.ProcessId, owner.Since, found.Seats, found.Busy, found.Waiting) { Served = found.Served };
    }

    private void Reserve(ServiceDefinition service) => _reservations.Add(
        Reservation.TryTake(Kind, service.Name, out var owner)
        ?? throw new ConnectFailedException($"The service '{service.Name}' is run by {owner?.ToString() ?? "another process"} already: use that one, or end it first."));
}
