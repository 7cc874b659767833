namespace Connections.Pooling;

/// <summary>A connection could not be made; <see cref="Exception.InnerException"/> is what the last attempt failed with.</summary>
public sealed class ConnectFailedException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ConnectFailedException(string message, Exception? innerException = null)
        : base(message, innerException) => IsTransient = true;

    /// <summary>
    /// How long after this error the next attempt is made, or let through by the breaker of the device; <see langword="null"/> if
    /// whoever asks next makes it.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
