namespace Connections.Native.Sync;

/// <summary>Whether a <see cref="HybridLock"/> is found or made.</summary>
public enum HybridLockMode
{
    /// <summary>Connects to the lock of that name; makes it if there is none.</summary>
    ConnectOrCreate,

    /// <summary>Connects to the lock of that name; <see cref="NoSuchLockException"/> if there is none.</summary>
    ConnectToExisting,

    /// <summary>
    /// Makes a new lock. One that has the name already is destroyed: who has it, or waits for it, gets <see cref="LockDestroyedException"/>.
    /// </summary>
    CreateNewOverwrite,

    /// <summary>
    /// Makes a new lock; <see cref="LockExistsException"/> if somebody uses one of that name. What the dead have left is replaced.
    /// </summary>
    CreateNewExclusive,
}
