namespace Connections.Native.Rpc.Transport;

/// <summary>Whole messages in both directions. One may send while one receives, and no more than one each.</summary>
internal interface IMessageChannel : IAsyncDisposable
{
    /// <summary>Who is at the other end, for messages to people.</summary>
    string Peer { get; }

    /// <summary>Does what is left to do before the first message of a channel that was accepted, such as to check certificates.</summary>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Sends one message, in two pieces so that callers need not join them. A send that is cancelled ends the channel.</summary>
    /// <exception cref="ConnectionLostException">The peer has gone.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Receives the next message; may spin for a moment before it gives its thread back.</summary>
    /// <exception cref="ConnectionLostException">The peer has gone in the middle of something.</exception>
    /// <exception cref="RpcProtocolException">The peer sent what is no message.</exception>
    ValueTask<ChannelMessage> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Ends the channel at once, and every wait on it. Callable at any time, by anybody, again.</summary>
    void Abort();
}
