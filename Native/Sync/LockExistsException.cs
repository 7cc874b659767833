using Connections.Pooling;

namespace Connections.Native.Sync;

/// <summary>A lock was to be made, and there is one of that name which somebody uses.</summary>
/// <param name="message">The whole message; it names the lock.</param>
public sealed class LockExistsException(string message) : ConnectionException(message);
