namespace Connections.Pooling;

/// <summary>A worker was asked of a pool that is closing or closed.</summary>
/// <param name="message">The whole message; it names the device and the pool itself.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public class PoolClosedException(string message, Exception? innerException = null)
    : ConnectionException(message, innerException);
