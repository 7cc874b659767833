using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A wait was part of a cycle: each holder in it waits for the next one's lock. The message tells the cycle, who holds what since when
/// and who waits for what. The others of the cycle go on once the catcher has let go of what it holds.
/// </summary>
public sealed class LockDeadlockException : ConnectionException
{
    internal LockDeadlockException(string message)
        : base(message) => IsTransient = true;
}
