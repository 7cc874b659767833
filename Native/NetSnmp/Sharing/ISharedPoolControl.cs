using Connections.Native.Rpc;

namespace Connections.NetSnmp.Sharing;

/// <summary>What a shared pool is asked without waiting for a worker, or by one who holds a worker already.</summary>
[RpcService(Name = "Connections.SharedPool.Control", JsonContext = typeof(SharingJson))]
internal interface ISharedPoolControl
{
    /// <summary>Tells what the pool is and how it stands.</summary>
    [Idempotent]
    Task<PoolDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Has the worker of a lease carry out one attempt of a request.</summary>
    /// <param name="frame">The number of the lease, as <see cref="LeasedRequest"/> writes it, and what <see cref="ISharedPoolWorkers.ExchangeAsync"/> takes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A <see cref="Worker.Messages.WorkerReply"/>.</returns>
    Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);
}
