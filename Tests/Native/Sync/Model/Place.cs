namespace Connections.Native.Tests.Sync.Model;

/// <summary>Where a thread is within its act.</summary>
internal enum Place : byte
{
    /// <summary>Before it: the next step is its first.</summary>
    Start,
    Stepping,

    /// <summary>The lock is another's: how to go on is open.</summary>
    Undecided,

    /// <summary>Has said that it will sleep, and is not asleep.</summary>
    Drowsy,
    Asleep,

    /// <summary>Has taken the lock, and has yet to see that its process is not leaving.</summary>
    Confirming,

    /// <summary>Gives back what it has taken although its process is leaving.</summary>
    Undoing,

    /// <summary>Gives back the lock before it leaves.</summary>
    Releasing,

    /// <summary>Was the last, and has yet to remove the name.</summary>
    Removing,

    /// <summary>All acts are done, or one has failed.</summary>
    Ended,
}
