using Connections.Locking;

namespace Connections.Native.Sync;

/// <summary>
/// Another process has overwritten the lock with a new one (<see cref="HybridLockMode.CreateNewOverwrite"/>). Who had it may not be alone any
/// more with what it guards; who wants to go on must make another <see cref="HybridLock"/>.
/// </summary>
/// <param name="message">The whole message; it names the lock.</param>
public sealed class LockDestroyedException(string message) : LockLostException(message);
