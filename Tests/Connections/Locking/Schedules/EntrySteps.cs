using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>A flow asks for a lock.</summary>
internal sealed record Ask(int Number, int Flow, int Lock, Way Way, int? Milliseconds, int? Token) : Step
{
    private TimeSpan? Timeout => Milliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public override bool TryRun(World world)
    {
        var flow = world.FlowOf(Flow);
        var cancellation = Token is { } token ? world.TokenOf(token).Token : CancellationToken.None;
        ValueTask<Releaser> asked = default;
        flow.Run(() => asked = Start(world.LockOf(Lock), cancellation));
        world.Add(new Entry(Number, Enter(world, flow, cancellation.IsCancellationRequested), asked, Way is Way.Try));
        return true;
    }

    private ValueTask<Releaser> Start(ReentrantAsyncLock tested, CancellationToken cancellation)
    {
        var timeout = Timeout ?? System.Threading.Timeout.InfiniteTimeSpan;
        var member = ModelFrame.MemberOf(Number);
        return Way switch
        {
            Way.Lock => tested.LockAsync(timeout, cancellation, member),
            Way.Try => tested.TryLockAsync(timeout, cancellation, member),
            _ => EnterAtOnce(),
        };

        ValueTask<Releaser> EnterAtOnce()
        {
            try
            {
                return ValueTask.FromResult(tested.Lock(TimeSpan.Zero, cancellation, member));
            }
            catch (LockTimeoutException error)
            {
                return ValueTask.FromException<Releaser>(error);
            }
            catch (OperationCanceledException)
            {
                return ValueTask.FromCanceled<Releaser>(cancellation);
            }
        }
    }

    private ModelFrame Enter(World world, Flow flow, bool isCancelled)
    {
        var model = world.Models[Lock];
        if (isCancelled)
        {
            return new ModelFrame(Number, model, outer: null, container: null) { Fate = Fate.Cancelled };
        }

        var timeout = Way is Way.Synchronous ? TimeSpan.Zero : Timeout;
        var frame = model.Enter(Number, flow.Innermost, world.Now, timeout, Token);
        flow.Innermost = frame;
        if (frame.Fate is Fate.Waiting && timeout == TimeSpan.Zero)
        {
            model.Refuse(frame, Fate.TimedOut, world.Now);
        }

        return frame;
    }
}

/// <summary>A flow asks for a lock where its context does not travel, and is refused.</summary>
internal sealed record AskSuppressed(int Flow, int Lock) : Step
{
    public override bool TryRun(World world)
    {
        world.FlowOf(Flow).Run(() =>
        {
            using (ExecutionContext.SuppressFlow())
            {
                DisagreementException.UnlessRefused(() => world.LockOf(Lock).Lock(TimeSpan.Zero), "entering while the flow is suppressed");
            }
        });
        return true;
    }
}

/// <summary>Whoever asked takes what the wait gave.</summary>
internal sealed record Take(int Entry) : Step
{
    public override bool TryRun(World world)
    {
        if (world.FindEntry(Entry) is not { IsTaken: false, Frame.Fate: not Fate.Waiting } entry)
        {
            return false;
        }

        entry.Take();
        return true;
    }
}

/// <summary>A flow, whichever, leaves a lock, perhaps one that was left before.</summary>
internal sealed record Leave(int Entry, int Flow) : Step
{
    public override bool TryRun(World world)
    {
        if (world.FindEntry(Entry) is not { IsTaken: true } entry)
        {
            return false;
        }

        world.FlowOf(Flow).Run(entry.Releaser.Dispose);
        entry.Frame.Lock.Leave(entry.Frame, world.Now);
        return true;
    }
}
