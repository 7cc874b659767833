using System.Runtime.CompilerServices;

namespace Connections.Native.Sync.Protocol;

/// <summary>
/// Takes the lock. It is stepped until it is done; whenever it says <see cref="LockStep.Busy"/>, whoever steps it decides how to go on, since
/// that depends on clocks.
/// </summary>
/// <remarks>
/// Who sleeps has set the waiters flag first, in the very word on which it sleeps; who unlocks clears it and wakes one; who has slept takes
/// the lock with the flag set, because others may sleep yet. Who has slept may have used up a wake-up that was meant for any of the
/// sleepers, so that it must not give up before the flag is set again. Where a process was killed with a wake-up in its hands, the
/// sleepers look by themselves after a time.
/// </remarks>
internal struct Acquisition(int slot)
{
    private Phase _phase;
    private bool _hasSlept;
    private LockWord _seen;

    private enum Phase : byte
    {
        Look,
        Check,
        Take,
        Announce,
        Inspect,
        GiveUp,
    }

    /// <summary>What the futex must be for a sleep to begin.</summary>
    public readonly uint Futex => _seen.Futex;

    /// <summary>The word as it was seen last; once done, the word as this participant has made it.</summary>
    public readonly LockWord Word => _seen;

    /// <summary>Once done: whether the owner before did not unlock.</summary>
    public bool PreviousOwnerWasLost { get; private set; }

    /// <summary>Takes a lock that nobody has or waits for, by the first three steps in one go: what costs least, and is done most. In all other cases it changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeFree<TMemory>(ref TMemory memory, int slot, out LockWord taken)
        where TMemory : ILockMemory
    {
        var seen = memory.ReadWord();
        taken = seen.TakenBy(slot, mayHaveWaiters: false);
        return seen.IsFreeAndQuiet && !memory.IsLeaving && memory.SwapWord(taken, seen) == seen;
    }

    /// <summary>Goes on by looking again.</summary>
    public void Look() => _phase = Phase.Look;

    /// <summary>Goes on by falling asleep.</summary>
    public void Sleep() => _phase = Phase.Announce;

    /// <summary>Goes on by looking whether the owner lives; if it does not, the lock is this participant's.</summary>
    public void Inspect() => _phase = Phase.Inspect;

    /// <summary>Goes on by giving up, which the lock itself may forestall if it has become free.</summary>
    public void GiveUp() => _phase = Phase.GiveUp;

    /// <summary>Takes one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Look:
                return See(memory.ReadWord(), memory.Slots);
            case Phase.Check:
                return memory.IsLeaving ? LockStep.Leaving : GoOn(Phase.Take);
            case Phase.Take:
                return Take(ref memory);
            case Phase.Announce:
                return Announce(ref memory);
            case Phase.Inspect:
                return Inspect(ref memory);
            default:
                return GiveUp(ref memory);
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LockStep See(LockWord word, int slots)
    {
        _seen = word;
        if (!word.IsSound(slots))
        {
            return LockStep.Corrupt;
        }

        if (word.IsDestroyed)
        {
            return LockStep.Destroyed;
        }

        PreviousOwnerWasLost = word.WasLost;
        return word.IsFree ? GoOn(Phase.Check) : LockStep.Busy;
    }

    // The order matters: first the word is read, then comes the check. Whoever joins in the slot of one who leaves does so after the check,
    // and makes it another word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LockStep Take<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        var taken = _seen.TakenBy(slot, _hasSlept);
        var found = memory.SwapWord(taken, _seen);
        if (found != _seen)
        {
            return See(found, memory.Slots);
        }

        _seen = taken;
        return LockStep.Done;
    }

    private LockStep Announce<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (!_seen.HasWaiters)
        {
            var announced = _seen.WithWaiters();
            var found = memory.SwapWord(announced, _seen);
            if (found != _seen)
            {
                return See(found, memory.Slots);
            }

            _seen = announced;
        }

        _hasSlept = true;
        _phase = Phase.Look;
        return LockStep.Sleep;
    }

    // The owner is read after the word: if it is found dead, or gone, and the word is still the same, it owned the lock to its end.
    private LockStep Inspect<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (memory.ReadSlot(_seen.Owner) is not 0 and var owner && memory.IsAlive(owner))
        {
            return LockStep.Busy;
        }

        PreviousOwnerWasLost = true;
        return GoOn(Phase.Check);
    }

    private LockStep GiveUp<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (_hasSlept && !_seen.HasWaiters)
        {
            var found = memory.SwapWord(_seen.WithWaiters(), _seen);
            if (found != _seen)
            {
                return See(found, memory.Slots);
            }
        }

        return LockStep.GaveUp;
    }
}
