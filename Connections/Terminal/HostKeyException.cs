using Connections.Pooling;

namespace Connections.Terminal;

/// <summary>
/// The host key of a server of SSH is not the known one, or none is known, so that it was not connected to: somebody may stand in between. Whoever is in charge of
/// the device checks its key, and then changes the file of known hosts.
/// </summary>
public sealed class HostKeyException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public HostKeyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another key is known of the host; else none is.</summary>
    public bool IsChanged { get; init; }
}
