using Connections.Pooling;

namespace Connections;

/// <summary>A device did not finish a command in time.</summary>
public sealed class CommandTimeoutException : TimeoutException, IConnectionError
{
    /// <summary>Makes an error that names the command, the device and the time it was given.</summary>
    public CommandTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>What the device had printed of its answer by then, of a command line: the last 64 Ki characters at most; null where there is no such thing.</summary>
    public string? Received { get; init; }
}
