namespace Connections.Native.Sync.Protocol;

/// <summary>How a part of the protocol stands after one of its steps.</summary>
internal enum LockStep
{
    /// <summary>There is more to do: take the next step.</summary>
    More,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Somebody else has the lock: look again, sleep, look whether the owner lives, or give up.</summary>
    Busy,

    /// <summary>Sleep while the futex is what <see cref="Acquisition.Futex"/> says, then say that it is over.</summary>
    Sleep,

    /// <summary>Has given up, and nobody sleeps on because of it.</summary>
    GaveUp,

    /// <summary>This participant is leaving, and may take the lock no more.</summary>
    Leaving,

    /// <summary>The lock is no more.</summary>
    Destroyed,

    /// <summary>The lock is not, or no longer, owned as was believed.</summary>
    Lost,

    /// <summary>Nobody owned the lock.</summary>
    Free,

    /// <summary>Every slot belongs to a living process.</summary>
    Full,

    /// <summary>The lock was to be a new one, and it exists.</summary>
    Exists,

    /// <summary>The lock was to exist, and it does not.</summary>
    Missing,

    /// <summary>The memory holds what nobody who keeps to the protocol can have written.</summary>
    Corrupt,
}
