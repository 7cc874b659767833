using Connections.Pooling;

namespace Connections.Execution;

/// <summary>A call of a <see cref="ParallelCall"/> was cut short by the timeout of one call or of all together.</summary>
public sealed class CallTimeoutException : TimeoutException, IConnectionError
{
    internal CallTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;
}
