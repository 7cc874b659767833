namespace Connections.Pooling;

/// <summary>The base of the errors of these libraries that are not timeouts.</summary>
public class ConnectionException : Exception, IConnectionError
{
    /// <summary>Makes an error that says what happened, where, and what to do.</summary>
    /// <param name="message">The whole message; it names the device and the alias itself.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public virtual bool IsTransient { get; init; }
}
