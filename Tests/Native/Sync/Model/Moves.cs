using Connections.Native.Sync;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>The steps that a thread can take, by the code that the lock itself runs; and what must hold after each.</summary>
internal sealed class Moves(Scenario scenario)
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

    private void StepOpen(ModelState state, int index, Act act, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        var before = state.Processes[thread.Process].Segment;
        var wasDestroyed = before >= 0 && state.Segments[before].Word.IsDestroyed;
        var step = thread.Opening.Step(ref world);
        if (act == Act.Overwrite && before >= 0 && !wasDestroyed && state.Segments[before].Word.IsDestroyed)
        {
            Rob(state, before);
        }

        if (step == LockStep.Done)
        {
            state.Processes[thread.Process].Slot = (byte)thread.Opening.Slot;
            if (act == Act.ConnectOwned && thread.Opening.HasCreated)
            {
                Hold(state, index, state.Segments[state.Processes[thread.Process].Segment].Word.Generation);
            }
        }

        EndAct(ref thread, index, step, LockStep.Done);
    }

    private void StepLock(ModelState state, int index, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        ref var segment = ref state.Segments[state.Processes[thread.Process].Segment];
        if (thread.Place == Place.Undoing)
        {
            var undone = thread.Release.Step(ref world);
            EndAct(ref thread, index, undone == LockStep.More ? LockStep.More : LockStep.Leaving, LockStep.Done);
            return;
        }

        if (thread.Place == Place.Confirming)
        {
            Confirm(state, index);
            return;
        }

        var step = thread.Acquisition.Step(ref world);
        switch (step)
        {
            case LockStep.Done:
                Assert.That(
                    thread.Acquisition.PreviousOwnerWasLost || !segment.IsLost, "an owner was not told that the one before was lost");
                Assert.That(
                    !thread.Acquisition.PreviousOwnerWasLost || segment.IsLost || scenario.ForgivesFalseLosses,
                    "an owner was told that the one before was lost, and it was not");
                segment.IsLost = false;
                segment.Taker = thread.Process;
                thread.Place = Place.Confirming;
                break;
            case LockStep.Busy:
                thread.Place = Place.Undecided;
                break;
            case LockStep.Sleep:
                thread.Place = Place.Drowsy;
                break;
            default:
                EndAct(ref thread, index, step, LockStep.Done);
                break;
        }
    }

    private void Confirm(ModelState state, int index)
    {
        ref var thread = ref state.Threads[index];
        ref var process = ref state.Processes[thread.Process];
        var generation = thread.Acquisition.Word.Generation;
        if (process.IsLeaving)
        {
            thread.Place = Place.Undoing;
            thread.Release = new Release(process.Slot, generation);
            return;
        }

        // Taken from it already, before it knew that it had the lock.
        var word = state.Segments[process.Segment].Word;
        Hold(state, index, generation);
        thread.IsRobbed = word.IsDestroyed || !word.IsOwnedBy(process.Slot, generation);
        EndAct(ref thread, index, LockStep.Done, LockStep.Done);
        AssertExclusion(state);
    }

    private static void Hold(ModelState state, int index, uint generation)
    {
        ref var thread = ref state.Threads[index];
        thread.Holds = true;
        thread.IsRobbed = false;
        thread.Generation = generation;
    }

    private void StepUnlock(ModelState state, int index, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        ref var segment = ref state.Segments[state.Processes[thread.Process].Segment];
        var before = segment.Word;
        var step = thread.Release.Step(ref world);
        if (before != segment.Word)
        {
            Assert.That(thread.IsRobbed, Is.False, "one who had lost the lock gave it back");
            thread.Holds = false;
        }

        if (step is LockStep.Lost or LockStep.Destroyed)
        {
            Assert.That(thread.IsRobbed, Is.True, "one who had the lock was told that it had lost it");
            thread.Holds = false;
        }

        EndAct(ref thread, index, step, LockStep.Done);
    }

    private void StepLeave(ModelState state, int index, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        switch (thread.Place)
        {
            case Place.Releasing:
                StepRelease(state, ref thread, ref world);
                break;
            case Place.Removing:
                world.Remove();
                EndAct(ref thread, index, LockStep.Done, LockStep.Done);
                break;
            default:
                var step = thread.Leaving.Step(ref world);
                if (step == LockStep.Done)
                {
                    thread.Place = Place.Removing;
                }
                else
                {
                    EndAct(ref thread, index, step, LockStep.Busy);
                }

                break;
        }
    }

    private static void StepRelease(ModelState state, ref ModelThread leaver, ref ModelWorld world)
    {
        var owner = world.ReadWord().Owner;
        if (leaver.Release.Step(ref world) != LockStep.More)
        {
            leaver.Place = Place.Stepping;
        }

        if (owner != world.ReadWord().Owner)
        {
            Rob(state, state.Processes[leaver.Process].Segment);
        }
    }

    private void StepBreak(ModelState state, int index, ref ModelWorld world)
    {
        ref var thread = ref state.Threads[index];
        var segment = state.Processes[thread.Process].Segment;
        if (segment == ModelState.Nowhere)
        {
            EndAct(ref thread, index, LockStep.Missing, LockStep.Missing);
            return;
        }

        var owner = state.Segments[segment].Word.Owner;
        var step = thread.Breaking.Step(ref world);
        if (owner != 0 && state.Segments[segment].Word.IsFree)
        {
            state.Segments[segment].IsLost = true;
            Rob(state, segment);
        }

        EndAct(ref thread, index, step is LockStep.Free or LockStep.Destroyed ? LockStep.Done : step, LockStep.Done);
    }

    private static void Rob(ModelState state, int segment)
    {
        foreach (ref var thread in state.Threads.AsSpan())
        {
            thread.IsRobbed |= thread.Holds && state.Processes[thread.Process].Segment == segment;
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

    private static void AssertExclusion(ModelState state)
    {
        var holders = 0;
        foreach (ref var thread in state.Threads.AsSpan())
        {
            holders += thread.Holds && !thread.IsRobbed && state.IsAlive(thread) ? 1 : 0;
        }

        Assert.That(holders, Is.LessThanOrEqualTo(1), "two have the lock at once");
    }
}
