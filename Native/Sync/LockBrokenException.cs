using Connections.Locking;

namespace Connections.Native.Sync;

/// <summary>
/// The lock was taken from its owner by hand (<see cref="HybridLock.Break"/>), and this is the former owner. It may not have been alone with
/// what the lock guards since. The <see cref="HybridLock"/> itself can be used again.
/// </summary>
/// <param name="message">The whole message; it names the lock.</param>
public sealed class LockBrokenException(string message) : LockLostException(message);
