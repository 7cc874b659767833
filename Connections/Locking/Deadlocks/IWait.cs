namespace Connections.Locking.Deadlocks;

/// <summary>A frame that is not granted yet, as the detector of deadlocks sees it.</summary>
internal interface IWait
{
    /// <summary>The frame, which stands in nobody's way itself before it is granted.</summary>
    AmbientFrame Frame { get; }

    /// <summary>What it waits for, in words that fit after "waits for".</summary>
    string Wanted { get; }

    /// <summary>How long it has waited.</summary>
    TimeSpan Waited { get; }

    /// <summary>Whether the wait may fail for being part of a deadlock by now; one that has a timeout never may, for it ends by itself.</summary>
    bool MayBeBroken { get; }

    /// <summary>Called, outside every mutex, when a deadlock has stood in which this is the youngest wait that may be broken.</summary>
    /// <returns>Whether the wait has ended; not if it was only to be reported.</returns>
    bool OnDeadlock(string deadlock);
}
