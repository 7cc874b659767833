namespace Connections.Native.Tests.Sync.Model;

/// <summary>What a thread of a modelled process does, one after the other.</summary>
internal enum Act : byte
{
    /// <summary>Takes part from the start on, in the lock that the name leads to from the start on.</summary>
    IsIn,
    Connect,
    ConnectOwned,
    ConnectToExisting,
    CreateExclusively,
    Overwrite,
    Acquire,

    /// <summary>The same, but gives up once it is cancelled.</summary>
    AcquireUnlessCancelled,

    /// <summary>The same, but may wake up and give up whenever its time is over.</summary>
    AcquireForATime,
    Unlock,
    Leave,

    /// <summary>Cancels what the other threads of its process wait for.</summary>
    Cancel,

    /// <summary>Takes the lock away from whoever has it.</summary>
    Break,
}
