using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;
using Connections.Pooling;

namespace Connections.NetSnmp.Sharing;

/// <summary>
/// Lets the processes of this user on this machine use an SNMP connection or pool of this process, by <see cref="SharedSnmpConnection"/>: at most as many calls at
/// once as it has workers, first come first served. A connection is served by one process at a time. Thread-safe.
/// </summary>
public sealed partial class SharedSnmpPool : IAsyncDisposable
{
    private const string Kind = "pool";
    private const int MostSeats = 64;
    private const int ControlSeats = 64;

    private readonly Reservation _reservation;
    private readonly List<RpcServer> _servers = [];
    private readonly SharedPoolService _service;

    private SharedSnmpPool(PoolName name, Reservation reservation, SharedPoolService service, ConnectionSettings settings)
    {
        Name = name.Text;
        Settings = settings;
        _reservation = reservation;
        _service = service;
    }

    /// <summary>What the pool is called on this machine: the device, the connection, and where it leads.</summary>
    public string Name { get; }

    /// <summary>The connection, as it is served.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>Connects a connection of a device, and serves it.</summary>
    /// <param name="device">The device, whose own settings of the connection are without <c>shared</c>: see <see cref="ConnectionSettings.WithoutSharing"/>.</param>
    /// <param name="settings">The connection as the testbed has it, which is what other processes find it by.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ConnectFailedException">Another process serves it, or the device could not be reached.</exception>
    /// <exception cref="ConnectionException">It is no SNMP connection.</exception>
    /// <exception cref="Native.SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<SharedSnmpPool> StartAsync(Device device, ConnectionSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        var name = PoolName.Of(settings);
        var reservation = Reserve(name, settings);
        SharedSnmpPool? pool = null;
        try
        {
            await device.ConnectAsync(settings.Via, cancellationToken).ConfigureAwait(false);
            var own = device.Settings.Connections[settings.Via] with { Alias = settings.Via };
            pool = new SharedSnmpPool(name, reservation, new SharedPoolService(device, own), own);
            await pool.ServeAsync(name, own.PoolSize ?? 1, cancellationToken).ConfigureAwait(false);
            return pool;
        }
        catch
        {
            if (pool is null)
            {
                reservation.Dispose();
            }
            else
            {
                await pool.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Stops to serve: refuses what is new, and lets calls that were begun end, until the time is over. The connection stays as it is.</summary>
    /// <param name="patience">How long calls may take to end.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        await Task.WhenAll(_servers.Select(server => server.StopAsync(patience))).ConfigureAwait(false);
        _reservation.Dispose();
    }

    /// <summary>Stops to serve, without waiting for calls to end.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero).ConfigureAwait(false);

    private static Reservation Reserve(PoolName name, ConnectionSettings settings) => Reservation.TryTake(Kind, name.Text, out var owner)
        ?? throw new ConnectFailedException(
            $"Connection '{settings.Alias}' of device '{settings.DeviceName}' is served by {owner?.ToString() ?? "another process"} already, and one process alone can "
            + "serve it: use that one, or end it first.")
        { Alias = settings.Alias, Device = settings.DeviceName };

    // A server has no more than so many seats; several of one name are one queue.
    private async Task ServeAsync(PoolName name, int workers, CancellationToken cancellationToken)
    {
        for (var left = workers; left > 0; left -= MostSeats)
        {
            await AddAsync(name.Address, new RpcServices().Add<ISharedPoolWorkers>(_service), Math.Min(left, MostSeats), cancellationToken).ConfigureAwait(false);
        }

        await AddAsync(name.ControlAddress, new RpcServices().Add<ISharedPoolControl>(_service), ControlSeats, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(string address, RpcServices services, int seats, CancellationToken cancellationToken) =>
        _servers.Add(await RpcServer.StartAsync(address, services, new RpcServerOptions { ConcurrentCalls = seats }, cancellationToken).ConfigureAwait(false));
}
