namespace Connections.Native.Rpc.Transport;

/// <summary>Where clients connect.</summary>
internal interface IMessageListener : IAsyncDisposable
{
    /// <summary>The address, with the port that was chosen.</summary>
    RpcAddress Address { get; }

    /// <summary>Waits for the next client.</summary>
    ValueTask<IMessageChannel> AcceptAsync(CancellationToken cancellationToken);
}
