namespace Connections.Tests.Locking.Schedules;

/// <summary>The lock itself, driven by one thread through schedules that a seed settles, and compared after each step with a plain model.</summary>
public sealed class ScheduleTests
{
    private const int Length = 250;

    [Test]
    public void The_lock_does_what_its_model_does_in_every_schedule()
    {
        var (orphans, earlyParents, handOffs, deadlocks) = (0, 0, 0, 0);
        for (var seed = 0; seed < Thoroughness.Choose(quick: 2_000, thorough: 50_000); seed++)
        {
            var schedule = Schedule.Play(seed, Length);
            if (schedule.Failure is not null)
            {
                Assert.Fail(Explain(seed, schedule));
            }

            orphans += schedule.World.Models.Sum(static model => model.Orphans);
            earlyParents += schedule.World.Models.Sum(static model => model.EarlyParents);
            handOffs += schedule.World.Models.Sum(static model => model.HandOffs);
            deadlocks += schedule.World.Deadlocks;
        }

        TestContext.Out.WriteLine(
            $"{handOffs} waits granted, {earlyParents} scopes left before their children, {orphans} waiters moved outward, {deadlocks} deadlocks");
        Assert.That(new[] { orphans, earlyParents, handOffs, deadlocks }, Has.All.GreaterThan(500), "the schedules hardly meet");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_seed_plays_the_same_schedule_again(int seed)
    {
        var first = Schedule.Play(seed, Length, isTraced: true);
        var second = Schedule.Play(seed, Length, isTraced: true);

        Assert.That(second.Trace, Is.EqualTo(first.Trace));
        Assert.That(first.Trace, Has.Count.GreaterThan(Length));
        Assert.That(Schedule.Play(seed + 1, Length, isTraced: true).Trace, Is.Not.EqualTo(first.Trace));
    }

    [Test]
    public void The_steps_of_a_schedule_can_be_played_without_its_seed_and_without_some_of_them()
    {
        var schedule = Schedule.Play(seed: 1, Length);

        Assert.That(Schedule.Replay(schedule.Steps).Steps, Is.EqualTo(schedule.Steps));
        Assert.That(Schedule.Replay(schedule.Steps.Where(static (_, number) => number % 3 > 0)).Failure, Is.Null);
    }

    [Test]
    public void A_failing_sequence_shrinks_to_what_it_fails_for()
    {
        var shrunk = Shrinking.Shrink(
            Enumerable.Range(0, 200).ToArray(),
            static numbers => numbers.Contains(17) && numbers.Contains(120) && numbers.Contains(199));

        Assert.That(shrunk, Is.EqualTo(new[] { 17, 120, 199 }));
    }

    private static string Explain(int seed, Schedule schedule)
    {
        var shrunk = Schedule.Replay(Shrinking.Shrink(schedule.Steps, static steps => Schedule.Replay(steps).Failure is not null));
        return $"Seed {seed}, step {schedule.Steps.Count}: {schedule.Failure}\n"
            + $"The shortest schedule that fails: {shrunk.Failure}\n{string.Join('\n', shrunk.Steps)}\n"
            + $"All of it:\n{string.Join('\n', schedule.Steps)}";
    }
}
