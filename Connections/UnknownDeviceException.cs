using Connections.Pooling;

namespace Connections;

/// <summary>There is no device of the name asked for; the message names those that exist.</summary>
public sealed class UnknownDeviceException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public UnknownDeviceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
