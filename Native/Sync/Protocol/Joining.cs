namespace Connections.Native.Sync.Protocol;

/// <summary>
/// Makes a process a participant: publishes its identity in a slot, in one step, then stirs the word. The stirring decides between a join
/// and the end of the lock, which comes when the last participant has left: whichever changes the word first, the other one finds out.
/// </summary>
internal struct Joining(ulong identity)
{
    private Phase _phase;
    private int _slot = 1;
    private LockWord _seen;

    private enum Phase : byte
    {
        Find,
        Claim,
        Look,
        Stir,
        Wake,
        Withdraw,
    }

    /// <summary>Once done: the slot of the participant.</summary>
    public readonly int Slot => _slot;

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Find:
                return Find(ref memory);
            case Phase.Claim:
                return GoOn(memory.SwapSlot(_slot, identity, 0) == 0 ? Phase.Look : Phase.Find);
            case Phase.Look:
                return See(memory.ReadWord());
            case Phase.Stir:
                return Stir(ref memory);
            case Phase.Wake:
                memory.WakeOne();
                return LockStep.Done;
            default:
                memory.SwapSlot(_slot, 0, identity);
                return LockStep.Destroyed;
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    private LockStep Find<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (_slot > memory.Slots)
        {
            return LockStep.Full;
        }

        if (memory.ReadSlot(_slot) == 0)
        {
            return GoOn(Phase.Claim);
        }

        _slot++;
        return LockStep.More;
    }

    private LockStep See(LockWord word)
    {
        _seen = word;
        return GoOn(word.IsDestroyed ? Phase.Withdraw : Phase.Stir);
    }

    // A slot that was free cannot own the lock, unless another thread of a process that was leaving it took the lock at the last moment,
    // and the process was killed before it could give the lock back.
    private LockStep Stir<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        var isOwner = _seen.Owner == _slot;
        var stirred = (isOwner ? _seen.Abandoned() : _seen).Stirred();
        var found = memory.SwapWord(stirred, _seen);
        if (found != _seen)
        {
            return See(found);
        }

        _phase = Phase.Wake;
        return isOwner && _seen.HasWaiters ? LockStep.More : LockStep.Done;
    }
}
