using Connections.Pooling;

namespace Connections;

/// <summary>A device has no connection of the alias asked for; the message names those that exist.</summary>
public sealed class UnknownAliasException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public UnknownAliasException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
