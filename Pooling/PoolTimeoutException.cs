namespace Connections.Pooling;

/// <summary>
/// No worker became free before a request's deadline. The message tells how the pool stood and who holds its workers;
/// <see cref="Exception.InnerException"/> is the last error of creating a worker, if none was created since.
/// </summary>
/// <param name="message">The whole message; it names the device and the pool itself.</param>
/// <param name="innerException">The last error of creating a worker, if none was created since.</param>
public class PoolTimeoutException(string message, Exception? innerException = null)
    : TimeoutException(message, innerException), IConnectionError
{
    /// <inheritdoc/>
    public string? Alias { get; init; }

    /// <inheritdoc/>
    public string? Device { get; init; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>How the pool stood when the deadline passed.</summary>
    public PoolStatistics Statistics { get; init; }

    /// <summary>Who held the workers when the deadline passed, the longest one first.</summary>
    public IReadOnlyList<LeaseHolder> Holders { get; init; } = [];
}
