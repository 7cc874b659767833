using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc;

// A call that another server answers: what that one says is handed on as it is.
public sealed partial class RpcCall
{
    /// <summary>The arguments, until the call has been answered.</summary>
    internal ReadOnlyMemory<byte> Body => _message.Bytes[Frame.Size..];

    /// <summary>Makes ready for elements of a stream, if it should be a call that returns one.</summary>
    internal void BeginForwarding() => _credit = new SemaphoreSlim(Protocol.StreamWindow, Protocol.StreamWindow);

    /// <summary>Hands on an element of a stream, once the client is ready to take it.</summary>
    internal async ValueTask ForwardItemAsync(ReadOnlyMemory<byte> item)
    {
        await _credit!.WaitAsync(Token).ConfigureAwait(false);
        await _connection.SendAsync(new Frame(FrameKind.Item, _frame.Call), item).ConfigureAwait(false);
    }

    /// <summary>Hands on the result, or the end of the stream.</summary>
    internal ValueTask ForwardResultAsync(ReadOnlyMemory<byte> result)
    {
        Leave();
        return _connection.SendAsync(new Frame(FrameKind.Result, _frame.Call), result);
    }

    /// <summary>Hands on an error.</summary>
    internal ValueTask ForwardErrorAsync(Exception error) => error switch
    {
        ServiceMismatchException => RefuseAsync(RefusalReason.Mismatch, error.Message),
        ServerDiedException => RefuseAsync(RefusalReason.Died, error.Message),
        _ => FailAsync(error),
    };
}
