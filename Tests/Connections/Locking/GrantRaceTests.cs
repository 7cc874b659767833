using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>A wait that is granted and given up at the same moment ends in exactly one of the two ways.</summary>
public sealed class GrantRaceTests
{
    private const int Seed = 20_251;

    // How many locks are raced for one after the other before the two threads meet again, which costs more than the race.
    private const int Heat = 50;

    private int _granted;
    private int _givenUp;

    [SetUp]
    public void SetUp() => _granted = _givenUp = 0;

    [Test]
    [Breaking]
    public void Cancelling_races_a_grant_a_hundred_thousand_times()
    {
        const int rounds = 100_000 / Heat;
        var locks = CreateLocks(TimeProvider.System);
        using var race = new Race(Seed);

        for (var round = 0; round < rounds; round++)
        {
            var cancellations = Array.ConvertAll(locks, static _ => new CancellationTokenSource());
            var held = Array.ConvertAll(locks, static tested => tested.EnterOutside());
            var waiters = locks.Select((tested, lane) => tested.AskOutside(cancellations[lane].Token)).ToArray();
            race.Run(lane => held[lane].Dispose(), lane => cancellations[lane].Cancel(), Heat);
            race.Tell(Decide<OperationCanceledException>(waiters));
            Array.ForEach(cancellations, static cancellation => cancellation.Dispose());
        }

        AssertBothHappened(rounds * Heat);
        Assert.Multiple(() => Array.ForEach(locks, Flows.AssertObtainable));
    }

    [Test]
    [Breaking]
    public void A_timeout_races_a_grant_on_a_clock_of_the_test()
    {
        const int rounds = 10_000 / Heat;
        var time = new FakeTime();
        var tick = TimeSpan.FromMilliseconds(1);
        var locks = CreateLocks(time);
        using var race = new Race(Seed);

        for (var round = 0; round < rounds; round++)
        {
            var held = Array.ConvertAll(locks, static tested => tested.EnterOutside());
            var waiters = locks.Select((tested, lane) => tested.AskOutside((lane + 1) * tick)).ToArray();
            race.Run(lane => held[lane].Dispose(), _ => time.Advance(tick), Heat);
            race.Tell(Decide<LockTimeoutException>(waiters));
        }

        AssertBothHappened(rounds * Heat);
        Assert.Multiple(() => Array.ForEach(locks, Flows.AssertObtainable));
    }

    [Test]
    [Breaking]
    public void A_wait_with_a_timeout_ends_when_its_time_has_come_and_not_before()
    {
        var time = new FakeTime();
        var timeout = TimeSpan.FromMilliseconds(10);
        var tested = new ReentrantAsyncLock(new LockOptions { TimeProvider = time });
        var held = tested.EnterOutside();
        var waiter = tested.AskOutside(timeout).AsTask();

        time.Advance(timeout - TimeSpan.FromTicks(1));
        Assert.That(waiter.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(async () => await waiter.Within(), Throws.TypeOf<LockTimeoutException>());

        held.Dispose();
        tested.AssertObtainable();
    }

    [Test]
    [Breaking]
    public void A_timeout_of_zero_takes_a_free_lock_and_gives_up_a_taken_one_although_no_time_passes()
    {
        var time = new FakeTime();
        var tested = new ReentrantAsyncLock(new LockOptions { TimeProvider = time });
        tested.AssertObtainable();

        var held = tested.EnterOutside();
        var refused = tested.AskOutside(TimeSpan.Zero).AsTask();
        time.Advance(TimeSpan.Zero);
        Assert.That(async () => await refused.Within(), Throws.TypeOf<LockTimeoutException>());
        Assert.That(held.IsHeld, Is.True);
        Assert.That(tested.Holder!.Value.Waiting, Is.Zero);

        held.Dispose();
        tested.AssertObtainable();
    }

    private static ReentrantAsyncLock[] CreateLocks(TimeProvider time) =>
        [.. Enumerable.Range(0, Heat).Select(_ => new ReentrantAsyncLock(new LockOptions { TimeProvider = time }))];

    /// <summary>Whether most waits were granted; those are released.</summary>
    private bool Decide<TRefusal>(ValueTask<Releaser>[] waiters)
        where TRefusal : Exception
    {
        var before = _granted;
        foreach (var waiter in waiters)
        {
            if (!waiter.IsCompleted)
            {
                Assert.Fail($"Neither ended the wait: a wake-up was lost after {_granted} grants and {_givenUp} refusals.");
            }

            try
            {
                waiter.GetAwaiter().GetResult().Dispose();
                _granted++;
            }
            catch (TRefusal)
            {
                _givenUp++;
            }
        }

        return _granted - before > waiters.Length / 2;
    }

    private void AssertBothHappened(int rounds)
    {
        Assert.That(_granted + _givenUp, Is.EqualTo(rounds));
        Assert.That(Math.Min(_granted, _givenUp), Is.GreaterThanOrEqualTo(rounds / 100), $"{_granted} grants, {_givenUp} refusals: no race");
    }
}
