using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>
/// The server at an address does not serve the service or the version that a client asks for, or not the method. The message names what was
/// asked and what is served.
/// </summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class ServiceMismatchException(string message, Exception? innerException = null)
    : ConnectionException(message, innerException);
