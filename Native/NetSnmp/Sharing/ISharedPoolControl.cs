using Connections.Native.Rpc;

namespace Connections.NetSnmp.Sharing;

/// <summary>What a shared pool is asked without waiting for a worker.</summary>
[RpcService(Name = "Connections.SharedPool.Control", JsonContext = typeof(SharingJson))]
internal interface ISharedPoolControl
{
    /// <summary>Tells what the pool is and how it stands.</summary>
    [Idempotent]
    Task<PoolDescription> DescribeAsync(CancellationToken cancellationToken);
}
