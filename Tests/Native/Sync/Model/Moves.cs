using Connections.Native.Sync;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>The steps that a thread can take, by the code that the lock itself runs; and what must hold after each.</summary>
internal sealed partial class Moves(Scenario scenario)
{
    private readonly Act[][] _acts = [.. scenario.Processes.SelectMany(static own => own)];

    /// <summary>Every state that one step of one thread may lead to.</summary>
    public IEnumerable<ModelState> Of(ModelState state, int thread)
    {
        foreach (var choice in ChoicesOf(state.Threads[thread], thread))
        {
            var sleepers = 1;
            for (var woken = 0; woken < sleepers; woken++)
            {
                var next = state.Clone();
                var world = new ModelWorld(next, next.Threads[thread].Process, scenario.Slots, woken);
                Take(next, thread, choice, ref world);
                sleepers = world.Sleepers;
                yield return next;
            }
        }
    }

    /// <summary>What the thread does now, or will do next.</summary>
    public Act ActOf(in ModelThread thread, int index) => _acts[index][thread.NextAct];

    // How one goes on who finds the lock taken: 0 looks again, 1 sleeps, 2 inspects, 3 gives up. A sleeper can only look by itself.
    private IEnumerable<int> ChoicesOf(in ModelThread thread, int index)
    {
        var isTimed = thread.Place != Place.Ended && ActOf(thread, index) == Act.AcquireForATime;
        return thread.Place switch
        {
            Place.Undecided when thread.IsCancelled => [3],
            Place.Undecided when isTimed => [0, 1, 3],
            Place.Undecided => scenario.LookAfterATime ? [0, 1, 2] : [0, 1],
            Place.Asleep => scenario.LookAfterATime || isTimed ? [0] : [],
            Place.Ended => [],
            _ => [0],
        };
    }

    private void Take(ModelState state, int index, int choice, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        var act = ActOf(thread, index);
        switch (thread.Place)
        {
            case Place.Start:
                Begin(state, ref thread, act);
                Step(state, index, act, ref world);
                break;
            case Place.Undecided:
                Decide(ref thread, choice);
                break;
            case Place.Drowsy:
                thread.Place = world.ReadWord().Futex == thread.Acquisition.Futex ? Place.Asleep : Place.Stepping;
                break;
            case Place.Asleep:
                thread.Place = Place.Stepping;
                break;
            default:
                Step(state, index, act, ref world);
                break;
        }
    }

    private static void Begin(ModelState state, ref ModelThread thread, Act act)
    {
        ref var process = ref state.Processes[thread.Process];
        thread.Place = Place.Stepping;
        switch (act)
        {
            case Act.Acquire or Act.AcquireUnlessCancelled or Act.AcquireForATime:
                thread.Acquisition = new Acquisition(process.Slot);
                break;
            case Act.Unlock:
                thread.Release = new Release(process.Slot, thread.Generation);
                break;
            case Act.Leave:
                BeginToLeave(state, ref thread);
                break;
            case Act.Cancel:
                Cancel(state, thread.Process);
                thread.Stirring = new Stirring();
                break;
            case Act.Break:
                process.Segment = state.Name;
                thread.Breaking = new Breaking();
                break;
            default:
                thread.Opening = new Opening(ModeOf(act), ModelWorld.IdentityOf(thread.Process), act == Act.ConnectOwned);
                break;
        }
    }

    private static HybridLockMode ModeOf(Act act) => act switch
    {
        Act.ConnectToExisting => HybridLockMode.ConnectToExisting,
        Act.CreateExclusively => HybridLockMode.CreateNewExclusive,
        Act.Overwrite => HybridLockMode.CreateNewOverwrite,
        _ => HybridLockMode.ConnectOrCreate,
    };

    private static void BeginToLeave(ModelState state, ref ModelThread leaver)
    {
        ref var process = ref state.Processes[leaver.Process];
        process.IsLeaving = true;

        // As the lock does it: first it gives back what its slot has, whichever thread took it.
        leaver.Place = Place.Releasing;
        leaver.Release = new Release(process.Slot, state.Segments[process.Segment].Word.Generation);
        leaver.Leaving = new Leaving(process.Slot, ModelWorld.IdentityOf(leaver.Process));
    }

    private static void Cancel(ModelState state, int process)
    {
        foreach (ref var thread in state.Threads.AsSpan())
        {
            thread.IsCancelled |= thread.Process == process;
        }
    }

    private static void Decide(ref ModelThread thread, int choice)
    {
        thread.Place = Place.Stepping;
        switch (choice)
        {
            case 0: thread.Acquisition.Look(); break;
            case 1: thread.Acquisition.Sleep(); break;
            case 2: thread.Acquisition.Inspect(); break;
            default: thread.Acquisition.GiveUp(); break;
        }
    }

    private void Step(ModelState state, int index, Act act, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        switch (act)
        {
            case Act.Acquire or Act.AcquireUnlessCancelled or Act.AcquireForATime:
                StepLock(state, index, ref world);
                break;
            case Act.Unlock:
                StepUnlock(state, index, ref world);
                break;
            case Act.Leave:
                StepLeave(state, index, ref world);
                break;
            case Act.Cancel:
                EndAct(ref thread, index, thread.Stirring.Step(ref world), LockStep.Done);
                break;
            case Act.Break:
                StepBreak(state, index, ref world);
                break;
            default:
                StepOpen(state, index, act, ref world);
                break;
        }
    }

    // What an act remembers is forgotten with it, so that states which differ in nothing else are one.
    private void EndAct(ref ModelThread thread, int index, LockStep step, LockStep success)
    {
        if (step == LockStep.More)
        {
            return;
        }

        var hasFailed = step != success;
        thread = new ModelThread
        {
            Process = thread.Process,
            NextAct = (byte)(thread.NextAct + 1),
            Outcome = hasFailed ? step : LockStep.Done,
            Holds = thread.Holds,
            IsRobbed = thread.IsRobbed,
            IsCancelled = thread.IsCancelled,
            Generation = thread.Generation,
            Place = Place.Start,
        };
        if (hasFailed || thread.NextAct == _acts[index].Length)
        {
            thread.Place = Place.Ended;
        }
    }
}
