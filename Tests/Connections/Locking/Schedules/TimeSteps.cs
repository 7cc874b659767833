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

        FollowDeadlocks(world);
        return true;
    }

    // Which of several waits is thrown out depends on who looked when; that it stood in a deadlock does not.
    private static void FollowDeadlocks(World world)
    {
        foreach (var entry in world.Active.Where(static entry => entry.HasFailedOnItsOwn))
        {
            DisagreementException.Unless(ModelDeadlocks.Among([.. world.Waiting()]).Contains(entry.Frame), entry, "failed and stands in no deadlock");
            entry.Frame.Lock.Refuse(entry.Frame, Fate.Deadlocked, world.Now);
            world.Deadlocks++;
        }
    }
}

/// <summary>Time passes until every deadlock has been found and broken, each at the youngest of its waits, and nothing else happens.</summary>
internal sealed record StandStill : Step
{
    private const int Period = 500;

    // The grace of the last wait, and a deadlock that was suspected before it all stood still.
    private const int LooksToSettle = 5;

    public override bool TryRun(World world)
    {
        var deadlocked = PassTime(world, LooksToSettle);
        while (deadlocked.Count > 0)
        {
            var remaining = PassTime(world, looks: 2);
            var broken = deadlocked.Except(remaining).Where(static wait => wait.Fate is Fate.Deadlocked).ToArray();
            if (broken.Length != 1 || broken[0].AskedAt < deadlocked.Max(static wait => wait.AskedAt))
            {
                throw new DisagreementException(
                    $"of the deadlocked {Describe(deadlocked)} two looks broke {Describe(broken)}, which is not one, or not the youngest");
            }

            deadlocked = remaining;
        }

        return true;
    }

    private static List<ModelFrame> PassTime(World world, int looks)
    {
        for (var look = 0; look < looks; look++)
        {
            new Advance(Period).TryRun(world);
        }

        return ModelDeadlocks.Among([.. world.Waiting()]);
    }

    private static string Describe(IEnumerable<ModelFrame> waits) =>
        string.Join(", ", waits.Select(static wait => $"{wait.Member} of {wait.AskedAt.TotalSeconds} s"));
}
