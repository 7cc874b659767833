namespace Connections.Native.Sync.Protocol;

/// <summary>Destroys a lock, whoever has it or waits for it; they find out.</summary>
internal struct Destruction()
{
    private Phase _phase;
    private LockWord _seen;

    private enum Phase : byte
    {
        Look,
        Destroy,
        Wake,
    }

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Look:
                return See(memory.ReadWord());
            case Phase.Destroy:
                var found = memory.SwapWord(_seen.Destroyed(), _seen);
                return found == _seen ? GoOn(Phase.Wake) : See(found);
            default:
                memory.WakeAll();
                return LockStep.Done;
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    // One who destroyed it before may have been killed before it woke anybody.
    private LockStep See(LockWord word)
    {
        _seen = word;
        return GoOn(word.IsDestroyed ? Phase.Wake : Phase.Destroy);
    }
}
