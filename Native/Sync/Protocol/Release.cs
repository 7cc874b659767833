using System.Runtime.CompilerServices;

namespace Connections.Native.Sync.Protocol;

/// <summary>Gives back the lock that a slot took as a generation; it ends <see cref="LockStep.Lost"/> if the lock is no longer its.</summary>
internal struct Release(int slot, uint generation)
{
    private Phase _phase;
    private LockWord _seen;

    private enum Phase : byte
    {
        Look,
        Free,
        Wake,
    }

    /// <summary>Takes one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Look:
                return See(memory.ReadWord());
            case Phase.Free:
                var found = memory.SwapWord(_seen.Freed(), _seen);
                if (found != _seen)
                {
                    return See(found);
                }

                _phase = Phase.Wake;
                return _seen.HasWaiters ? LockStep.More : LockStep.Done;
            default:
                memory.WakeOne();
                return LockStep.Done;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LockStep See(LockWord word)
    {
        if (word.IsDestroyed)
        {
            return LockStep.Destroyed;
        }

        if (!word.IsOwnedBy(slot, generation))
        {
            return LockStep.Lost;
        }

        _seen = word;
        _phase = Phase.Free;
        return LockStep.More;
    }
}
