namespace Connections;

/// <summary>A connection went from one state to another.</summary>
/// <param name="connection">The connection.</param>
/// <param name="previous">The state before.</param>
/// <param name="current">The state now.</param>
/// <param name="error">What faulted the connection, or kept it from being connected; null if nothing went wrong.</param>
public sealed class ConnectionStateChangedEventArgs(BaseConnection connection, ConnectionState previous, ConnectionState current, Exception? error)
    : EventArgs
{
    /// <summary>The connection; for a pool, one of its workers.</summary>
    public BaseConnection Connection { get; } = connection;

    /// <summary>The state before.</summary>
    public ConnectionState Previous { get; } = previous;

    /// <summary>The state now; the connection may have gone on meanwhile.</summary>
    public ConnectionState Current { get; } = current;

    /// <summary>What faulted the connection, or kept it from being connected; null if nothing went wrong.</summary>
    public Exception? Error { get; } = error;
}
