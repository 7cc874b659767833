using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

// Coming to a lock, leaving and breaking it: what may take it from its owner.
internal sealed partial class Moves
{
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
}
