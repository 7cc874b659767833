namespace Connections.Tests.Locking.Schedules;

/// <summary>A token is cancelled, and every wait with it.</summary>
internal sealed record Cancel(int Token) : Step
{
    public override bool TryRun(World world)
    {
        world.TokenOf(Token).Cancel();
        foreach (var waiter in world.Waiting().Where(waiter => waiter.Token == Token).ToArray())
        {
            waiter.Lock.Refuse(waiter, Fate.Cancelled, world.Now);
        }

        return true;
    }
}

/// <summary>Time passes, and ends waits in the order of their deadlines.</summary>
internal sealed record Advance(int Milliseconds) : Step
{
    public override bool TryRun(World world)
    {
        world.Time.Advance(TimeSpan.FromMilliseconds(Milliseconds));
        var late = world.Waiting().Where(waiter => waiter.Deadline <= world.Now);
        foreach (var waiter in late.OrderBy(static waiter => (waiter.Deadline, waiter.Number)).ToArray())
        {
            waiter.Lock.Refuse(waiter, Fate.TimedOut, world.Now);
        }

        return true;
    }
}
