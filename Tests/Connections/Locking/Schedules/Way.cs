namespace Connections.Tests.Locking.Schedules;

/// <summary>How a lock is asked for.</summary>
internal enum Way
{
    /// <summary>By LockAsync.</summary>
    Lock,

    /// <summary>By TryLockAsync.</summary>
    Try,

    /// <summary>By the synchronous Lock, which takes it at once or not at all, since the only thread must not block.</summary>
    Synchronous,
}
