using System.Net;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;

namespace Connections.NetSnmp.Sharing;

/// <summary>What the process that has a pool does for those that use it. Thread-safe.</summary>
internal sealed partial class SharedPoolService : ISharedPoolWorkers, ISharedPoolControl
{
    private const int DefaultPort = 161;

    private readonly Device _device;
    private readonly ConnectionSettings _settings;
    private readonly ISnmpClient _pool;
    private long _served;

    /// <param name="device">The device.</param>
    /// <param name="settings">The connection, which exists under its alias.</param>
    public SharedPoolService(Device device, ConnectionSettings settings)
    {
        _device = device;
        _settings = settings;
        _pool = device.Get<ISnmpClient>(settings.Alias);
    }

    public async Task<PoolDescription> DescribeAsync(CancellationToken cancellationToken) => new()
    {
        Size = _settings.PoolSize ?? 1,
        Live = _settings.PoolSize is null ? 1 : _device.Connections.GetPool(_settings.Alias).Statistics.Live,
        Served = Volatile.Read(ref _served),
        EndPoint = new IPEndPoint(await HostResolver.Shared.ResolveAsync(_settings, cancellationToken).ConfigureAwait(false), _settings.Port ?? DefaultPort).ToString(),
    };

    Task<byte[]> ISharedPoolWorkers.ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => ExchangeAsync(_pool, frame, cancellationToken);

    private async Task<byte[]> ExchangeAsync(ISnmpClient client, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        try
        {
            var attempt = WorkerRequest.Read(frame.Span, out var message);
            var request = PoolMessages.ReadRequest(message, out var version)
                .Trying(new SnmpAttempts(TimeSpan.FromMilliseconds(Math.Clamp(attempt.TimeoutMilliseconds, 1, SharedSnmpConnection.LongestAttempt)), Retries: 0));
            var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return PoolMessages.WriteReply(version, response);
        }
        catch (Exception error) when (PoolFault.ReplyOf(error) is { } reply)
        {
            return reply;
        }
        finally
        {
            Interlocked.Increment(ref _served);
        }
    }
}
