using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

/// <summary>A call that has been begun and not ended, as the connection sees it.</summary>
internal abstract class Pending
{
    /// <summary>What the server calls it by; given anew each time.</summary>
    public uint Id { get; set; }

    /// <summary>Whether the one who made it has something to take, and need not wait.</summary>
    public abstract bool HasNews { get; }

    /// <summary>Takes an element of a stream; the message is this one's from now on.</summary>
    /// <exception cref="RpcProtocolException">It is no stream, or more than was asked for.</exception>
    public abstract void AcceptItem(in ChannelMessage message);

    /// <summary>Takes the result, which is the last frame; the message is this one's from now on.</summary>
    public abstract void Complete(in Frame frame, in ChannelMessage message);

    /// <summary>Ends it without a result.</summary>
    public abstract void Fail(Exception error);
}
