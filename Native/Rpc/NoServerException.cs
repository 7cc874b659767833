using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>No server serves the address that was called, within the time that the client waits for one; nothing was asked of any.</summary>
public sealed class NoServerException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public NoServerException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;
}
