using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>
/// A connection would not be safe, and is refused: TCP beyond this machine without certificates on both sides, or a certificate that is
/// missing, not trusted, or of somebody else.
/// </summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class RpcSecurityException(string message, Exception? innerException = null)
    : ConnectionException(message, innerException);
