using Connections.Pooling;

namespace Connections.Native.SharedMemory;

/// <summary>The other process did not send, or did not make room, in time. The channel can be used again.</summary>
/// <param name="message">The whole message; it names the channel and the process.</param>
public sealed class SharedChannelTimeoutException(string message) : TimeoutException(message), IConnectionError
{
    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;
}
