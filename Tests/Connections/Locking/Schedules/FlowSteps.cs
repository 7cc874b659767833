using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>A flow forks: another one, which ends what it was before, goes on with all that the first one carries.</summary>
internal sealed record Fork(int Flow, int Into) : Step
{
    public override bool TryRun(World world)
    {
        var flow = world.FlowOf(Flow);
        world.FlowOf(Into) = new Flow(flow.Context, flow.Innermost);
        return true;
    }
}

/// <summary>A flow forks while detached: the other one carries nothing.</summary>
internal sealed record ForkDetached(int Flow, int Into) : Step
{
    public override bool TryRun(World world)
    {
        ExecutionContext? context = null;
        world.FlowOf(Flow).Run(() =>
        {
            using (ReentrantAsyncLock.Detach())
            {
                context = ExecutionContext.Capture();
            }
        });
        world.FlowOf(Into) = new Flow(context!, innermost: null);
        return true;
    }
}

/// <summary>A flow makes an entry of anyone its own, which it can only do while the entry is held.</summary>
internal sealed record Attach(int Entry, int Flow) : Step
{
    public override bool TryRun(World world)
    {
        if (world.FindEntry(Entry) is not { IsTaken: true } entry)
        {
            return false;
        }

        var flow = world.FlowOf(Flow);
        if (entry.Frame.Fate is Fate.Held)
        {
            flow.Run(entry.Releaser.Attach);
            flow.Innermost = entry.Frame;
        }
        else
        {
            flow.Run(() => DisagreementException.UnlessRefused(entry.Releaser.Attach, "attaching an entry that is not held"));
        }

        return true;
    }
}
