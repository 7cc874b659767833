using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>What one modelled process sees of a state, and changes in it.</summary>
internal struct ModelWorld(ModelState state, int process, int slots, int sleeperToWake) : ILockWorld
{
    public readonly int Slots => slots;

    public readonly bool IsLeaving => state.Processes[process].IsLeaving;

    /// <summary>How many slept when the step woke one of them: each may have been that one.</summary>
    public int Sleepers { get; private set; }

    private readonly ref ModelSegment Segment => ref state.Segments[state.Processes[process].Segment];

    /// <summary>Processes are told apart by these from the first, so that 0 is nobody.</summary>
    public static ulong IdentityOf(int process) => (ulong)process + 1;

    public readonly bool TryOpen()
    {
        state.Processes[process].Segment = state.Name;
        return state.Name != ModelState.Nowhere;
    }

    public readonly bool TryCreate(ulong identity, LockWord word)
    {
        if (state.Name != ModelState.Nowhere)
        {
            return false;
        }

        state.Name = (sbyte)Array.FindIndex(state.Segments, static segment => !segment.Exists);
        state.Processes[process].Segment = state.Name;
        Segment = new ModelSegment { Exists = true, Word = word, Taker = (byte)process };
        Segment.Slots[0] = identity;
        return true;
    }

    public readonly void Remove()
    {
        if (state.Name == state.Processes[process].Segment)
        {
            state.Name = ModelState.Nowhere;
        }
    }

    public readonly LockWord ReadWord() => Segment.Word;

    public readonly LockWord SwapWord(LockWord word, LockWord expected)
    {
        var found = Segment.Word;
        if (found == expected)
        {
            Segment.Word = word;
        }

        return found;
    }

    public readonly ulong ReadSlot(int slot) => Segment.Slots[slot - 1];

    public readonly ulong SwapSlot(int slot, ulong identity, ulong expected)
    {
        var found = Segment.Slots[slot - 1];
        if (found == expected)
        {
            Segment.Slots[slot - 1] = identity;
        }

        return found;
    }

    public void WakeOne()
    {
        var sleepers = FindSleepers();
        Sleepers = sleepers.Count;
        if (sleepers.Count > 0)
        {
            state.Threads[sleepers[sleeperToWake]].Place = Place.Stepping;
        }
    }

    public readonly void WakeAll()
    {
        foreach (var sleeper in FindSleepers())
        {
            state.Threads[sleeper].Place = Place.Stepping;
        }
    }

    public readonly bool IsAlive(ulong identity) => !state.Processes[(int)identity - 1].IsDead;

    private readonly List<int> FindSleepers()
    {
        var sleepers = new List<int>();
        for (var i = 0; i < state.Threads.Length; i++)
        {
            ref var thread = ref state.Threads[i];
            if (thread.Place == Place.Asleep && state.IsAlive(thread) && state.Processes[thread.Process].Segment == state.Processes[process].Segment)
            {
                sleepers.Add(i);
            }
        }

        return sleepers;
    }
}
