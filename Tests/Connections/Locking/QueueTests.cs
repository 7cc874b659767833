using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Who is served when: first come, first served, whatever ends a wait.</summary>
public sealed class QueueTests
{
    private ReentrantAsyncLock _lock = null!;

    [SetUp]
    public void SetUp() => _lock = new ReentrantAsyncLock(new LockOptions { Name = "the test's object", Alias = "cli", Device = "r1" });

    [Test]
    [Breaking]
    public async Task Waiters_are_served_in_the_order_they_asked_whether_they_wait_synchronously_or_not()
    {
        var order = new List<int>();
        var waiters = new List<Task>();
        var held = await OutsideAsync();
        for (var number = 0; number < 20; number++)
        {
            var own = number;
            waiters.Add(number % 4 == 0 ? Flows.StartThread(() => EnterSynchronously(own)) : EnterAsync(own));
            await Bounded.Until(() => _lock.Holder?.Waiting == own + 1);
        }

        held.Dispose();
        await Task.WhenAll(waiters).Within();

        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 20)));

        async Task EnterAsync(int number)
        {
            using (await _lock.LockAsync())
            {
                order.Add(number);
                await Task.Yield();
            }
        }

        void EnterSynchronously(int number)
        {
            using (_lock.Lock())
            {
                order.Add(number);
            }
        }
    }

    [Test]
    [Breaking]
    public async Task Nobody_who_comes_later_overtakes_the_one_who_was_granted()
    {
        var held = await OutsideAsync();
        var waiter = OutsideAsync();

        held.Dispose();

        Assert.That(async () => await _lock.LockAsync(TimeSpan.Zero).Within(), Throws.TypeOf<LockTimeoutException>(), "a newcomer barged in");
        (await waiter.Within()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_cancelled_waiter_leaves_the_queue_and_the_others_keep_their_order()
    {
        using var cancellation = new CancellationTokenSource();
        var held = await OutsideAsync();
        var first = OutsideAsync();
        var cancelled = OutsideAsync(cancellation.Token);
        var last = OutsideAsync();

        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_lock.Holder!.Value.Waiting, Is.EqualTo(2));

        held.Dispose();
        (await first.Within()).Dispose();
        (await last.Within()).Dispose();
        Assert.That(_lock.Holder, Is.Null);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [Breaking]
    public async Task A_hundred_waiters_keep_their_order_while_others_between_them_give_up_at_random(int seed)
    {
        var random = new Random(seed);
        var order = new List<int>();
        var late = new Queue<int>();
        var cancellations = Enumerable.Range(0, 100).Select(_ => new CancellationTokenSource()).ToArray();
        var gate = _lock.EnterOutside();
        var waiters = cancellations.Select((cancellation, number) => EnterAsync(number, cancellation.Token)).ToArray();

        // Half of the cancellations come before the first grant, the others one by one between grants.
        var cancelled = Enumerable.Range(0, 100).ToArray();
        random.Shuffle(cancelled);
        Array.Resize(ref cancelled, 40);
        foreach (var number in cancelled[..20])
        {
            await cancellations[number].CancelAsync();
        }

        Array.ForEach(cancelled[20..], late.Enqueue);
        gate.Dispose();
        await Task.WhenAll(waiters.Select(WithoutRefusalAsync)).Within();

        var left = Enumerable.Range(0, 100).Where(number => !waiters[number].IsCanceled).ToArray();
        Assert.That(order, Is.EqualTo(left), $"seed {seed}");
        Assert.That(left.Intersect(cancelled[..20]), Is.Empty);
        Assert.That(left, Has.Length.InRange(60, 80));
        Assert.That(_lock.Holder, Is.Null);
        Array.ForEach(cancellations, static cancellation => cancellation.Dispose());

        async Task EnterAsync(int number, CancellationToken cancellationToken)
        {
            using (await _lock.LockAsync(cancellationToken))
            {
                order.Add(number);
                if (random.Next(3) > 0 && late.TryDequeue(out var other))
                {
                    await cancellations[other].CancelAsync();
                }
            }
        }

        static async Task WithoutRefusalAsync(Task waiter)
        {
            try
            {
                await waiter;
            }
            catch (OperationCanceledException)
            {
                Assert.That(waiter.IsCanceled, Is.True);
            }
        }
    }

    [Test]
    [Breaking]
    public async Task A_grant_beats_a_cancellation_that_comes_later()
    {
        using var cancellation = new CancellationTokenSource();
        var held = await OutsideAsync();
        var waiter = OutsideAsync(cancellation.Token);

        held.Dispose();
        await cancellation.CancelAsync();

        using var granted = await waiter.Within();
        Assert.That(granted.IsHeld, Is.True);
    }

    [Test]
    [Breaking]
    public async Task Cancellations_racing_with_grants_lose_neither_the_lock_nor_a_waiter()
    {
        for (var round = 0; round < 2_000; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var held = await OutsideAsync();
            var racing = EnterAndLeaveAsync(cancellation.Token);
            var steady = EnterAndLeaveAsync(CancellationToken.None);

            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(held.Dispose)).Within();

            await racing.Within();
            Assert.That(await steady.Within(), Is.True);
            Assert.That(_lock.Holder, Is.Null);
        }

        async Task<bool> EnterAndLeaveAsync(CancellationToken cancellationToken)
        {
            try
            {
                using (await _lock.LockAsync(cancellationToken))
                {
                    return true;
                }
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    [Test]
    [Breaking]
    public async Task A_timeout_names_the_holder_and_the_queue()
    {
        using var held = await OutsideAsync();
        var other = OutsideAsync();

        var error = Assert.ThrowsAsync<LockTimeoutException>(async () => await _lock.LockAsync(TimeSpan.FromMilliseconds(1)).Within());

        Assert.That(error!.Message, Does.Contain("the test's object").And.Contain(nameof(OutsideAsync)).And.Contain("1 more wait"));
        Assert.That((error.Alias, error.Device, error.IsTransient), Is.EqualTo(("cli", "r1", true)));
        Assert.That(error.Holder.Member, Is.EqualTo(nameof(OutsideAsync)));
        held.Dispose();
        (await other.Within()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task Trying_gives_a_releaser_that_tells_whether_it_holds()
    {
        using (var free = await _lock.TryLockAsync(TimeSpan.Zero).Within())
        {
            Assert.That(free.IsHeld, Is.True);
        }

        using var held = await OutsideAsync();
        foreach (var patience in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(1) })
        {
            using var tried = await _lock.TryLockAsync(patience).Within();
            Assert.That(tried.IsHeld, Is.False);
        }

        Assert.That((held.IsHeld, _lock.Holder!.Value.Waiting), Is.EqualTo((true, 0)));
    }

    [Test]
    [Breaking]
    public async Task A_synchronous_waiter_times_out_and_can_be_cancelled()
    {
        using var held = await OutsideAsync();
        using var cancellation = new CancellationTokenSource();

        Assert.That(() => _lock.Lock(TimeSpan.FromMilliseconds(1)), Throws.TypeOf<LockTimeoutException>());
        var waiting = Flows.StartThread(() => _lock.Lock(cancellation.Token));
        await Bounded.Until(() => _lock.Holder!.Value.Waiting == 1);
        await cancellation.CancelAsync();
        Assert.That(async () => await waiting.Within(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    [Breaking]
    public async Task Disposing_twice_or_through_a_copy_releases_once()
    {
        var releaser = await _lock.LockAsync();
        var copy = releaser;
        releaser.Dispose();
        var next = await OutsideAsync();

        releaser.Dispose();
        copy.Dispose();

        Assert.That(next.IsHeld, Is.True);
        Assert.That(_lock.Holder!.Value.Member, Is.EqualTo(nameof(OutsideAsync)));
        next.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Threads_that_dispose_one_entry_at_once_release_it_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var releaser = await OutsideAsync();
            var (second, third) = (OutsideAsync(), OutsideAsync());

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(releaser.Dispose))).Within();

            var next = await second.Within();
            Assert.That((next.IsHeld, third.IsCompleted), Is.EqualTo((true, false)), "two releases came of one entry");
            next.Dispose();
            (await third.Within()).Dispose();
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    [Breaking]
    public async Task Tokens_cancelled_before_neither_enter_a_free_lock_nor_queue_for_a_taken_one(bool isTaken)
    {
        using var held = isTaken ? await OutsideAsync() : default;
        var before = _lock.Holder;
        var cancelled = new CancellationToken(canceled: true);

        Assert.That(async () => await _lock.LockAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await _lock.TryLockAsync(TimeSpan.Zero, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => _lock.Lock(cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await _lock.RunAsync(0, FailAsync, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((_lock.Holder?.Member, _lock.Holder?.Waiting), Is.EqualTo((before?.Member, before?.Waiting)));

        static ValueTask<int> FailAsync(int state, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A body ran although its token was cancelled before.");
    }

    [TestCase(-2)]
    [TestCase(50L * 24 * 3600 * 1000)]
    public void A_timeout_no_timer_can_keep_is_refused(long milliseconds) =>
        Assert.That(
            async () => await _lock.LockAsync(TimeSpan.FromMilliseconds(milliseconds)),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    /// <summary>Enters in a flow of its own, so that the test itself is an outsider.</summary>
    private async Task<Releaser> OutsideAsync(CancellationToken cancellationToken = default) => await _lock.LockAsync(cancellationToken);
}
