using Connections.Native.Rpc;

namespace Connections.NetSnmp.Worker;

/// <summary>What a worker process is asked; see <see cref="WorkerService"/> for what is sent and answered.</summary>
[RpcService(Name = "Connections.NetSnmp")]
internal interface INetSnmpWorker
{
    /// <summary>Takes the settings of the one session that the process serves.</summary>
    Task<byte[]> ConfigureAsync(ReadOnlyMemory<byte> settings, CancellationToken cancellationToken);

    /// <summary>Carries out one request.</summary>
    Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);
}
