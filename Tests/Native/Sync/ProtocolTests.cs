using Connections.Native.Sync.Protocol;
using Connections.Native.Tests.Sync.Model;
using static Connections.Native.Tests.Sync.Model.Act;

namespace Connections.Native.Tests.Sync;

/// <summary>The protocol of the lock, in every order of its steps; and, where a scenario says so, with a process killed before every step.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProtocolTests
{
    private static readonly Act[] Life = [Connect, Acquire, Unlock, Leave];
    private static readonly Act[] Use = [IsIn, Acquire, Unlock];

    [Test]
    public void Two_that_come_use_the_lock_and_go_exclude_each_other_and_leave_nothing_behind()
    {
        var exploration = Explore(new Scenario { Processes = [[Life], [Life]] });

        Assert.That(exploration.Ends.Select(static end => end.Name), Is.All.EqualTo(ModelState.Nowhere));
        AssertAllSucceed(exploration);
    }

    [Test]
    public void One_of_two_may_be_killed_at_every_step_of_its_life() =>
        AssertAllSucceed(Explore(new Scenario { Processes = [[Life], [Life]], Kills = 1, LookAfterATime = true }));

    [Test]
    public void Three_wake_each_other()
    {
        var exploration = Explore(new Scenario { Processes = [[Use], [Use], [[IsIn, Acquire, Unlock, Acquire, Unlock]]] });

        AssertAllSucceed(exploration);
    }

    [Test]
    public void Of_three_who_use_the_lock_one_may_be_killed_at_every_step() =>
        AssertAllSucceed(Explore(new Scenario { Processes = [[Use], [Use], [Use]], Kills = 1, LookAfterATime = true }));

    [Test]
    public void Of_three_who_use_the_lock_two_may_be_killed_at_every_step() =>
        AssertAllSucceed(Explore(new Scenario { Processes = [[Use], [Use], [Use]], Kills = 2, LookAfterATime = true }));

    [Test]
    public void Threads_of_one_process_and_of_another_exclude_each_other() =>
        AssertAllSucceed(Explore(new Scenario { Processes = [[Use, Use], [Use]], Kills = 1, LookAfterATime = true }));

    [Test]
    public void One_who_is_cancelled_leaves_nobody_asleep()
    {
        var exploration = Explore(new Scenario { Processes = [[Use], [[IsIn, AcquireUnlessCancelled, Unlock], [IsIn, Cancel]], [Use]] });

        var outcomes = exploration.Ends.Select(static end => end.Threads[1].Outcome).Distinct();
        Assert.That(outcomes, Is.EquivalentTo(new[] { LockStep.Done, LockStep.GaveUp }));
        Assert.That(exploration.Ends.All(static end => end.Segments[0].Word.IsFree), Is.True);
    }

    [Test]
    public void One_who_gives_up_when_its_time_is_over_leaves_nobody_asleep()
    {
        var exploration = Explore(new Scenario { Processes = [[[IsIn, Acquire, Unlock, Acquire, Unlock]], [[IsIn, AcquireForATime, Unlock]], [Use]] });

        var outcomes = exploration.Ends.Select(static end => end.Threads[1].Outcome).Distinct();
        Assert.That(outcomes, Is.EquivalentTo(new[] { LockStep.Done, LockStep.GaveUp }));
    }

    [Test]
    public void One_who_is_cancelled_waits_no_longer_though_the_owner_never_unlocks() =>
        Explore(new Scenario { Processes = [[[IsIn, Acquire]], [[IsIn, AcquireUnlessCancelled, Unlock], [IsIn, Cancel]]], IsCancelledInTheEnd = true });

    [Test]
    public void Who_loses_the_lock_to_a_person_is_told_and_so_is_the_next()
    {
        var exploration = Explore(new Scenario { Processes = [[Use], [Use], [[Break]]], Kills = 1, LookAfterATime = true });

        var outcomes = exploration.Ends.Where(static end => end.Kills == 0).Select(static end => end.Threads[0].Outcome).Distinct();
        Assert.That(outcomes, Is.EquivalentTo(new[] { LockStep.Done, LockStep.Lost }));
    }

    [Test]
    public void A_lock_broken_and_taken_again_by_another_thread_of_the_same_process_is_not_given_back_by_the_first()
    {
        var exploration = Explore(new Scenario { Processes = [[Use, Use], [[Break]]] });

        Assert.That(
            exploration.Ends.Select(static end => (end.Threads[0].Outcome, end.Threads[1].Outcome)).Distinct(),
            Is.EquivalentTo(new[] { (LockStep.Done, LockStep.Done), (LockStep.Lost, LockStep.Done), (LockStep.Done, LockStep.Lost) }));
    }

    [Test]
    public void Who_uses_a_lock_that_is_overwritten_is_told_and_the_new_one_is_sound()
    {
        var exploration = Explore(new Scenario { Processes = [[Use], [Use], [[Overwrite, Acquire, Unlock, Leave]]], Kills = 1, LookAfterATime = true });

        var outcomes = exploration.Ends.Where(static end => end.Kills == 0).Select(static end => end.Threads[0].Outcome).Distinct();
        Assert.That(outcomes, Is.EquivalentTo(new[] { LockStep.Done, LockStep.Destroyed }));
        Assert.That(
            exploration.Ends.Where(static end => !end.Processes[2].IsDead).Select(static end => end.Threads[2].Outcome), Is.All.EqualTo(LockStep.Done));
    }

    [Test]
    public void Sleepers_on_a_lock_that_is_overwritten_are_woken() =>
        Explore(new Scenario { Processes = [[Use], [Use], [[Overwrite, Acquire, Unlock, Leave]]] });

    [Test]
    public void Two_who_overwrite_at_once_both_have_their_way() =>
        Explore(new Scenario { Processes = [[[Overwrite, Leave]], [[Overwrite, Leave]], [Use]], Kills = 1, LookAfterATime = true });

    [TestCase(1, TestName = "A_thread_that_takes_the_lock_while_its_process_leaves_harms_nobody_who_gets_its_slot")]
    [TestCase(2, TestName = "A_thread_that_takes_the_lock_while_its_process_leaves_harms_nobody")]
    public void A_thread_that_takes_the_lock_while_its_process_leaves_harms_nobody(int slots) =>
        Explore(new Scenario
        {
            Processes = [[[IsIn, Leave], [IsIn, Acquire, Unlock]], [Life]],
            Slots = slots,
            Kills = 1,
            LookAfterATime = true,
            ForgivesFalseLosses = true,
        });

    [Test]
    public void Of_two_who_want_a_lock_of_their_own_one_has_it()
    {
        var exploration = Explore(new Scenario { Processes = [[[CreateExclusively, Acquire]], [[CreateExclusively, Acquire]]], Kills = 1, LookAfterATime = true });

        Assert.That(
            exploration.Ends.Where(static end => end.Kills == 0).Select(static end => (end.Threads[0].Outcome, end.Threads[1].Outcome)).Distinct(),
            Is.EquivalentTo(new[] { (LockStep.Done, LockStep.Exists), (LockStep.Exists, LockStep.Done) }));
    }

    [Test]
    public void Who_makes_a_lock_may_own_it_from_the_start()
    {
        Act[] owner = [ConnectOwned, Unlock, Leave];
        var exploration = Explore(new Scenario { Processes = [[owner], [[ConnectToExisting, Acquire, Unlock, Leave]]], Kills = 1, LookAfterATime = true });

        Assert.That(
            exploration.Ends.Where(static end => end.Kills == 0).Select(static end => end.Threads[1].Outcome).Distinct(),
            Is.EquivalentTo(new[] { LockStep.Done, LockStep.Missing }));
    }

    [Test]
    public void What_the_dead_left_is_not_taken_from_one_who_came_after_them() =>
        Explore(new Scenario { Processes = [[[IsIn, Leave]], [[Connect]], [[Connect, Acquire, Unlock]]], Kills = 1, LookAfterATime = true });

    [Test]
    public void A_lock_whose_owner_died_stays_until_somebody_has_been_told()
    {
        var exploration = Explore(new Scenario { Processes = [[[IsIn, Acquire]], [[IsIn, Leave]]], Kills = 1, LookAfterATime = true });

        var lost = exploration.Ends.Where(static end => end.Segments[0].IsLost || (end.Processes[0].IsDead && !end.Segments[0].Word.IsFree)).ToArray();
        Assert.That(lost, Is.Not.Empty);
        Assert.That(lost.Select(static end => end.Name), Is.All.EqualTo(0));
    }

    [Test]
    public void There_are_never_more_participants_than_slots()
    {
        var exploration = Explore(new Scenario { Processes = [[[Connect, Leave]], [[Connect, Leave]]], Slots = 1 });

        Assert.That(
            exploration.Ends.SelectMany(static end => end.Threads).Select(static thread => thread.Outcome).Distinct(),
            Is.EquivalentTo(new[] { LockStep.Done, LockStep.Full }));
    }

    private static Exploration Explore(Scenario scenario)
    {
        var exploration = Exploration.Of(scenario);
        TestContext.Out.WriteLine($"{exploration.States} states, {exploration.Ends.Count} ends");
        return exploration;
    }

    private static void AssertAllSucceed(Exploration exploration)
    {
        foreach (var end in exploration.Ends)
        {
            foreach (var thread in end.Threads)
            {
                Assert.That(!end.IsAlive(thread) || thread.Outcome == LockStep.Done, Is.True, "one who was not killed has failed");
            }
        }
    }
}
