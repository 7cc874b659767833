namespace Connections.Native.Tests.Sync.Model;

/// <summary>What is to be tried in every order.</summary>
internal sealed record Scenario
{
    /// <summary>The processes; of each its threads; of each its acts.</summary>
    public required Act[][][] Processes { get; init; }

    /// <summary>How many processes may be killed, each between any two steps.</summary>
    public int Kills { get; init; }

    /// <summary>Whether sleepers look by themselves after a time. Without it every sleeper has to be woken.</summary>
    public bool LookAfterATime { get; init; }

    /// <summary>Whether who can cancel will do so. Without it nobody counts on that.</summary>
    public bool IsCancelledInTheEnd { get; init; }

    /// <summary>How many slots the lock has.</summary>
    public int Slots { get; init; } = 3;

    /// <summary>Whether an owner may be told that the one before was lost where that one was only leaving.</summary>
    public bool ForgivesFalseLosses { get; init; }

    /// <summary>The moment before anything happens. The last process, which has no threads, is the newcomer that comes when all are dead.</summary>
    public ModelState Start()
    {
        var threads = Processes.SelectMany(static (own, process) => own.Select(_ => new ModelThread { Process = (byte)process })).ToArray();
        var processes = Enumerable.Repeat(new ModelProcess { Segment = ModelState.Nowhere }, Processes.Length + 1).ToArray();
        var state = new ModelState(new ModelSegment[Processes.Length + 3], processes, threads);
        for (var i = 0; i < threads.Length; i++)
        {
            if (ActsOf(i)[0] == Act.IsIn)
            {
                EnterAtStart(state, i);
            }
        }

        return state;
    }

    /// <summary>What a thread does.</summary>
    public Act[] ActsOf(int thread) => Processes.SelectMany(static own => own).ElementAt(thread);

    private static void EnterAtStart(ModelState state, int thread)
    {
        state.Name = 0;
        state.Segments[0].Exists = true;
        var process = state.Threads[thread].Process;
        state.Processes[process].Segment = 0;
        if (state.Processes[process].Slot == 0)
        {
            state.Processes[process].Slot = (byte)(state.Processes.Max(static other => other.Slot) + 1);
            state.Segments[0].Slots[state.Processes[process].Slot - 1] = ModelWorld.IdentityOf(process);
        }

        state.Threads[thread].NextAct = 1;
    }
}
