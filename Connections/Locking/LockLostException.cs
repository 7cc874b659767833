using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A lock that processes share was lost while it was held: a person took it away, or what kept it is gone. Others may have been inside since, so what it
/// guards may not be as its former holder left it.
/// </summary>
/// <param name="message">The whole message; it names the lock.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public class LockLostException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
