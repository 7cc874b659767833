namespace Connections.Native.Sync.Protocol;

/// <summary>
/// Destroys a lock that nobody alive takes part in; it ends <see cref="LockStep.Done"/> if it has, and its name is then to be removed, and
/// <see cref="LockStep.Busy"/> if the lock stays.
/// </summary>
/// <param name="evenIfLost">Whether also a lock whose last owner died goes, although then nobody will be told that it did.</param>
internal struct Retirement(bool evenIfLost)
{
    private Phase _phase;
    private Sweep _sweep = new();
    private int _slot;
    private LockWord _seen;

    private enum Phase : byte
    {
        Sweep,
        Look,
        Count,
        Destroy,
    }

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Sweep:
                return _sweep.Step(ref memory) == LockStep.More ? LockStep.More
                    : _sweep.MetTheLiving ? LockStep.Busy
                    : GoOn(Phase.Look);
            case Phase.Look:
                return See(memory.ReadWord());
            case Phase.Count:
                return Count(ref memory);
            default:
                var found = memory.SwapWord(_seen.Destroyed(), _seen);
                return found == _seen ? LockStep.Done : See(found);
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    private LockStep See(LockWord word)
    {
        if (word.IsDestroyed || !word.IsFree || (word.WasLost && !evenIfLost))
        {
            return LockStep.Busy;
        }

        _seen = word;
        _slot = 1;
        return GoOn(Phase.Count);
    }

    // After the word was read: who joined before that has a slot, and who joins later makes it another word.
    private LockStep Count<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (_slot > memory.Slots)
        {
            return GoOn(Phase.Destroy);
        }

        return memory.ReadSlot(_slot++) == 0 ? LockStep.More : LockStep.Busy;
    }
}
