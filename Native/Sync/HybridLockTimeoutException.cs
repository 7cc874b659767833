using Connections.Pooling;

namespace Connections.Native.Sync;

/// <summary>A lock was not to be had in time. The message names the process that has it, and since when.</summary>
/// <param name="message">The whole message; it names the lock.</param>
public sealed class HybridLockTimeoutException(string message) : TimeoutException(message), IConnectionError
{
    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>Who had the lock, and who waited for it, when the time was over.</summary>
    public HybridLockStatus? Status { get; init; }
}
