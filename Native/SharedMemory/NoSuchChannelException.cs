using Connections.Pooling;

namespace Connections.Native.SharedMemory;

/// <summary>No process listens under a channel's name, or the one that did has ended. It may be started yet.</summary>
public sealed class NoSuchChannelException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public NoSuchChannelException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;
}
