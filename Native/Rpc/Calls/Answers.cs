using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

/// <summary>What a server says when it does not answer with a result.</summary>
internal static class Answers
{
    /// <summary>The error of a <see cref="FrameKind.Failure"/> or a <see cref="FrameKind.Refusal"/>; gives the message back.</summary>
    /// <exception cref="RpcProtocolException">The body cannot be read.</exception>
    public static Exception ErrorOf(in Frame frame, in ChannelMessage message, string peer)
    {
        try
        {
            var (number, first, second) = TextBody.Read(message.Bytes.Span[Frame.Size..]);
            return frame.Kind == FrameKind.Failure
                ? new RemoteCallException(first, second) { IsTransient = number != 0 }
                : RefusalOf((RefusalReason)frame.Argument, first, peer);
        }
        finally
        {
            message.Return();
        }
    }

    /// <summary>The error of a refusal.</summary>
    public static Exception RefusalOf(RefusalReason reason, string text, string peer) => reason switch
    {
        RefusalReason.Mismatch => new ServiceMismatchException(text),
        RefusalReason.Closing or RefusalReason.NoClaim or RefusalReason.Overload => new NotBegunException(text),
        RefusalReason.Died => new ServerDiedException(text),
        _ => new RpcProtocolException($"{peer} refuses a call for a reason that is not known here ({(uint)reason}): {text}"),
    };
}
