using System.Net;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;

namespace Connections.NetSnmp.Sharing;

/// <summary>What the process that has a pool does for those that use it. Thread-safe.</summary>
/// <param name="device">The device.</param>
/// <param name="settings">The connection, which exists under its alias.</param>
internal sealed class SharedPoolService(Device device, ConnectionSettings settings) : ISharedPoolWorkers, ISharedPoolControl
{
    private const int DefaultPort = 161;

    private readonly ISnmpClient _pool = device.Get<ISnmpClient>(settings.Alias);
    private long _served;

    public async Task<PoolDescription> DescribeAsync(CancellationToken cancellationToken) => new()
    {
        Size = settings.PoolSize ?? 1,
        Live = settings.PoolSize is null ? 1 : device.Connections.GetPool(settings.Alias).Statistics.Live,
        Served = Volatile.Read(ref _served),
        EndPoint = new IPEndPoint(await HostResolver.Shared.ResolveAsync(settings, cancellationToken).ConfigureAwait(false), settings.Port ?? DefaultPort).ToString(),
    };

    public async Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        try
        {
            var attempt = WorkerRequest.Read(frame.Span, out var message);
            var request = PoolMessages.ReadRequest(message, out var version)
                .Trying(new SnmpAttempts(TimeSpan.FromMilliseconds(Math.Clamp(attempt.TimeoutMilliseconds, 1, SharedSnmpConnection.LongestAttempt)), Retries: 0));
            var response = await _pool.SendAsync(request, cancellationToken).ConfigureAwait(false);
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
