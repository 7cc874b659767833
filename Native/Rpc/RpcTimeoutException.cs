using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>A call was not answered in time. The message says whether it still waited for a free server or was being served.</summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class RpcTimeoutException(string message, Exception? innerException = null)
    : TimeoutException(message, innerException), IConnectionError
{
    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>Whether the call still waited for a free server, so that it was never begun.</summary>
    public bool WasQueued { get; init; }
}
