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

    /// <summary>Holds a worker for as long as the stream is read, which is for requests by <see cref="ISharedPoolControl.ExchangeAsync"/>.</summary>
    /// <param name="idleMilliseconds">How long it may stay unused before it is taken back.</param>
    /// <param name="cancellationToken">Gives it back.</param>
    /// <returns>Once there is a worker, the number of the lease; the stream ends when it is taken back.</returns>
    IAsyncEnumerable<long> LeaseAsync(long idleMilliseconds, CancellationToken cancellationToken);
}
