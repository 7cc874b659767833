namespace Connections.Native.Sync;

// What it takes to let others have a turn, which the lock itself does not see to.
public sealed partial class HybridLock
{
    /// <summary>Whether another participant that lives waits for the lock.</summary>
    internal bool IsWantedByOthers
    {
        get
        {
            var isWanted = false;
            for (var slot = 1; slot <= _memory.Slots && !isWanted; slot++)
            {
                isWanted = slot != _slot && Volatile.Read(ref _memory.WaitsSince(slot)) != 0
                    && _memory.ReadSlot(slot) is not 0 and var identity && _memory.IsAlive(identity);
            }

            GC.KeepAlive(this);
            return isWanted;
        }
    }

    /// <summary>Whether nobody has taken the lock since it was held as a generation, and unlocked.</summary>
    internal bool IsFreeSince(uint generation) => _memory.ReadWord() is { IsFree: true, IsDestroyed: false } word && word.Generation == generation;
}
