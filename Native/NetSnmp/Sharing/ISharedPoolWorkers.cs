using Connections.Native.Rpc;

namespace Connections.NetSnmp.Sharing;

/// <summary>The workers of a shared pool. A call has one of them from its begin to its end, and waits its turn among the calls of all processes.</summary>
[RpcService(Name = "Connections.SharedPool.Workers")]
internal interface ISharedPoolWorkers
{
    /// <summary>Has a worker carry out one attempt of a request.</summary>
    /// <param name="frame">What <see cref="Worker.Messages.WorkerRequest.Join"/> makes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A <see cref="Worker.Messages.WorkerReply"/>.</returns>
    Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);
}
