using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>
/// The server of a call ended, or its connection broke, before it had answered: whether it did what it was asked is not known. Another
/// server may serve the next call.
/// </summary>
public sealed class ServerDiedException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ServerDiedException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;
}
