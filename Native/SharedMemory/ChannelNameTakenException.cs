using Connections.Pooling;

namespace Connections.Native.SharedMemory;

/// <summary>A channel's name cannot be listened under: a process that lives does so already.</summary>
public sealed class ChannelNameTakenException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ChannelNameTakenException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;
}
