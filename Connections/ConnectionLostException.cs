using Connections.Pooling;

namespace Connections;

/// <summary>A connection was closed by its peer, or broke, while it was in use. Connecting again may succeed.</summary>
public sealed class ConnectionLostException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ConnectionLostException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;

    /// <summary>What the device had printed of its answer by then, of a command line: the last 64 Ki characters at most; null where there is no such thing.</summary>
    public string? Received { get; init; }
}
