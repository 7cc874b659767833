using Connections.Pooling;

namespace Connections.Native.Rpc.Hosting;

/// <summary>A services file cannot be read, or makes no sense; the message names file, line and key, and what to do.</summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class ServiceFileException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
