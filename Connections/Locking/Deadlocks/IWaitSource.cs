namespace Connections.Locking.Deadlocks;

/// <summary>A lock or a pool, for which flows may wait, as the detector of deadlocks sees it.</summary>
internal interface IWaitSource
{
    /// <summary>Adds those who wait now, and whom they wait for.</summary>
    /// <returns>Whether anyone waits. If not, the source is forgotten until it announces itself again.</returns>
    bool Collect(ICollection<PendingWait> waits);
}
