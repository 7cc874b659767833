using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Everything at once: whatever flows do, one at a time is inside, everyone gets through, and the lock is free in the end.</summary>
public sealed class StressTests
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task Nothing_overlaps_and_nobody_is_left_waiting_whatever_flows_do(int seed)
    {
        var tested = new ReentrantAsyncLock();
        var run = new StressRun(tested, Thoroughness.Choose(quick: 10_000, thorough: 500_000));

        await run.RunAsync(seed, flows: 8, threads: 2).WaitAsync(TimeSpan.FromMinutes(20));

        Assert.That(run.Overlaps, Is.Zero, $"seed {seed}");
        Assert.That(run.Entries, Is.GreaterThanOrEqualTo(run.Target));
        Assert.That(run.GivenUp, Is.GreaterThan(0), "no wait was given up");
        Assert.That(run.Orphans, Is.GreaterThan(0), "no scope was left early");
        Assert.That(run.EntriesOfFlows, Has.All.GreaterThan(0), "a flow starved");
        tested.AssertObtainable();
    }
}
