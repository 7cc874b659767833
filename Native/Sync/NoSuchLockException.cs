using Connections.Pooling;

namespace Connections.Native.Sync;

/// <summary>There is no lock of that name.</summary>
/// <param name="message">The whole message; it names the lock.</param>
public sealed class NoSuchLockException(string message) : ConnectionException(message);
