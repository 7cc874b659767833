using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>A thread of a modelled process: all that it remembers from one step to the next. A plain value, so that states can be compared.</summary>
internal struct ModelThread
{
    public byte Process;
    public byte NextAct;
    public Place Place;
    public LockStep Outcome;

    /// <summary>Whether it has the lock, as far as it knows.</summary>
    public bool Holds;

    /// <summary>Whether the lock it has was taken from it, or destroyed, or given back by its own process, which it does not know yet.</summary>
    public bool IsRobbed;
    public bool IsCancelled;
    public uint Generation;

    public Opening Opening;
    public Acquisition Acquisition;
    public Release Release;
    public Leaving Leaving;
    public Breaking Breaking;
    public Stirring Stirring;
}
