namespace Connections.Native.Sync.Protocol;

/// <summary>Takes from the dead what they left: the lock first, then their slots. It counts the living as it passes.</summary>
internal struct Sweep()
{
    private Phase _phase;
    private int _slot = 1;
    private ulong _identity;
    private LockWord _seen;

    private enum Phase : byte
    {
        Meet,
        Look,
        Verify,
        Abandon,
        Wake,
        Clear,
    }

    /// <summary>Once done: whether somebody who lives has a slot.</summary>
    public bool MetTheLiving { get; private set; }

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Meet:
                return Meet(ref memory);
            case Phase.Look:
                return See(memory.ReadWord());
            case Phase.Verify:
                // Dead when the word was read, and here yet: so it was the dead one who owned the lock, not one who came after it.
                return GoOn(memory.ReadSlot(_slot) == _identity ? Phase.Abandon : Phase.Meet);
            case Phase.Abandon:
                var found = memory.SwapWord(_seen.Abandoned(), _seen);
                return found != _seen ? See(found) : GoOn(_seen.HasWaiters ? Phase.Wake : Phase.Clear);
            case Phase.Wake:
                memory.WakeOne();
                return GoOn(Phase.Clear);
            default:
                memory.SwapSlot(_slot, 0, _identity);
                return GoOn(Phase.Meet);
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    private LockStep Meet<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (_slot > memory.Slots)
        {
            return LockStep.Done;
        }

        _identity = memory.ReadSlot(_slot);
        if (_identity != 0)
        {
            if (!memory.IsAlive(_identity))
            {
                return GoOn(Phase.Look);
            }

            MetTheLiving = true;
        }

        _slot++;
        return LockStep.More;
    }

    private LockStep See(LockWord word)
    {
        if (word.IsDestroyed)
        {
            return LockStep.Done;
        }

        _seen = word;
        return GoOn(word.Owner == _slot ? Phase.Verify : Phase.Clear);
    }
}
