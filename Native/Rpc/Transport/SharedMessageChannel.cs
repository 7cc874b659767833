using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory;

namespace Connections.Native.Rpc.Transport;

/// <summary>Messages through shared memory.</summary>
internal sealed class SharedMessageChannel(SharedChannel channel, string peer) : IMessageChannel
{
    public string Peer => peer;

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var send = channel.SendAsync(head, body, cancellationToken);
            return send.IsCompletedSuccessfully ? send : FinishAsync(send);
        }
        catch (ObjectDisposedException error)
        {
            throw Lost(error);
        }
    }

    public ValueTask<ChannelMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var receive = channel.ReceiveAsync(cancellationToken);
            return receive.IsCompletedSuccessfully ? new ValueTask<ChannelMessage>(Take(receive.Result)) : TakeLaterAsync(receive);
        }
        catch (ObjectDisposedException error)
        {
            throw Lost(error);
        }
    }

    public void Abort()
    {
        // It ends at once, and has nothing to wait for.
        var end = channel.DisposeAsync();
        System.Diagnostics.Debug.Assert(end.IsCompleted, "a channel is closed at once");
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    // What is lent is good until the next message, and who gets this one may keep it longer.
    private static ChannelMessage Take(ReadOnlyMemory<byte>? message) => message is { } bytes ? ChannelMessage.CopyOf(bytes.Span) : default;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ChannelMessage> TakeLaterAsync(ValueTask<ReadOnlyMemory<byte>?> receive)
    {
        try
        {
            return Take(await receive.ConfigureAwait(false));
        }
        catch (ObjectDisposedException error)
        {
            throw Lost(error);
        }
        catch (SharedMemoryException error)
        {
            throw new RpcProtocolException(error.Message, error);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(ValueTask send)
    {
        try
        {
            await send.ConfigureAwait(false);
        }
        catch (Exception error) when (error is ObjectDisposedException or SharedMemoryException)
        {
            throw Lost(error);
        }
    }

    private ConnectionLostException Lost(Exception error) => new($"The channel to {peer} was ended: {error.Message}", error);
}
