namespace Connections.Native.Sync.Protocol;

/// <summary>
/// Has everybody who sleeps on the word, or is about to, look again. For a participant that wants one of its own sleepers to see that it need
/// wait no longer: a wake-up alone might come just before that one falls asleep.
/// </summary>
internal struct Stirring()
{
    private Phase _phase;
    private LockWord _seen;

    private enum Phase : byte
    {
        Look,
        Stir,
        Wake,
    }

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        switch (_phase)
        {
            case Phase.Look:
                _seen = memory.ReadWord();
                _phase = Phase.Stir;
                return LockStep.More;
            case Phase.Stir:
                var found = memory.SwapWord(_seen.Stirred(), _seen);
                _phase = found == _seen ? Phase.Wake : Phase.Stir;
                _seen = found;
                return LockStep.More;
            default:
                memory.WakeAll();
                return LockStep.Done;
        }
    }
}
