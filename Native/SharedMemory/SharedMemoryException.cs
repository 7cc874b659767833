using Connections.Pooling;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Memory that processes share cannot be made, reached or believed: the message says which, why, and what to do. Not for what is merely
/// absent or in use.
/// </summary>
/// <param name="message">The whole message.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class SharedMemoryException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
