using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>A peer sent what no peer may send, or what cannot be read. The connection to it has been ended.</summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class RpcProtocolException(string message, Exception? innerException = null)
    : ConnectionException(message, innerException);
