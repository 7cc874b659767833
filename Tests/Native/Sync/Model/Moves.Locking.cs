using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

// Taking the lock and giving it back.
internal sealed partial class Moves
{
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
