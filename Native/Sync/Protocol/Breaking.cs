namespace Connections.Native.Sync.Protocol;

/// <summary>Takes the lock from its owner, dead or alive, who finds out; for whoever wants it next.</summary>
internal struct Breaking()
{
    private Phase _phase;
    private LockWord _seen;

    private enum Phase : byte
    {
        Look,
        Meet,
        Abandon,
        Wake,
    }

    /// <summary>Once done: who owned it; 0 if that one has left since.</summary>
    public ulong FormerOwner { get; private set; }

    /// <summary>Once done: the word that the lock was taken out of.</summary>
    public readonly LockWord Word => _seen;

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Look:
                return See(memory.ReadWord(), memory.Slots);
            case Phase.Meet:
                FormerOwner = memory.ReadSlot(_seen.Owner);
                return GoOn(Phase.Abandon);
            case Phase.Abandon:
                var found = memory.SwapWord(_seen.Abandoned(), _seen);
                if (found != _seen)
                {
                    return See(found, memory.Slots);
                }

                _phase = Phase.Wake;
                return _seen.HasWaiters ? LockStep.More : LockStep.Done;
            default:
                memory.WakeOne();
                return LockStep.Done;
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    private LockStep See(LockWord word, int slots)
    {
        _seen = word;
        if (!word.IsSound(slots))
        {
            return LockStep.Corrupt;
        }

        return word.IsDestroyed ? LockStep.Destroyed : word.IsFree ? LockStep.Free : GoOn(Phase.Meet);
    }
}
