namespace Connections.Locking;

/// <summary>What becomes of a cycle of waits that would never end by itself.</summary>
public enum OnDeadlock
{
    /// <summary>The youngest wait of the cycle fails with <see cref="LockDeadlockException"/>, which lets the others go on.</summary>
    Throw,

    /// <summary>The cycle is only reported, once, to the logger and the meter of the lock that its youngest wait is for.</summary>
    Report,
}
