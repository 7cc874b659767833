using Connections.Pooling;

namespace Connections;

/// <summary>A call was made on a connection that is not connected.</summary>
public sealed class NotConnectedException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public NotConnectedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
