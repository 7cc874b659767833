namespace Connections.Pooling.Tests;

/// <summary>Leasing from threads that block.</summary>
[NonParallelizable]
public class BlockingTests
{
    [Test]
    public async Task A_free_worker_is_leased_at_once()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());

        using var lease = pool.Lease();

        Assert.That(lease.Ticket, Is.EqualTo(1));
    }

    [Test]
    public async Task Blocked_threads_and_awaiting_callers_are_served_in_the_order_of_asking()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiters = new List<Task<WorkerLease<TestWorker>>>();
        for (var i = 0; i < 20; i++)
        {
            waiters.Add(i % 2 == 0 ? OnThread(() => pool.Lease()) : pool.LeaseAsync().AsTask());
            await Eventually.UntilAsync(() => pool.GetStatistics().Waiting == i + 1);
        }

        for (var i = 0; i < waiters.Count; i++)
        {
            held.Dispose();
            held = await waiters[i].BoundedAsync();
            Assert.That(held.Ticket, Is.EqualTo(i + 2));
        }

        held.Dispose();
    }

    [Test]
    public async Task A_returned_worker_reaches_a_blocked_thread_while_every_thread_of_the_thread_pool_is_blocked()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        var ticket = 0L;
        var thread = new Thread(() =>
        {
            using var lease = pool.Lease();
            ticket = lease.Ticket;
        });
        thread.Start();
        await Eventually.UntilAsync(() => pool.GetStatistics().Waiting == 1);

        bool served;
        using (new BlockedPool())
        {
            held.Dispose();
            served = thread.Join(Eventually.Limit);
        }

        Assert.That(served, Is.True);
        Assert.That(ticket, Is.EqualTo(2));
    }

    [Test]
    public async Task A_blocked_thread_times_out_by_itself_while_every_thread_of_the_thread_pool_is_blocked()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        using var held = await pool.LeaseAsync().BoundedAsync();
        Exception? error = null;
        var thread = new Thread(() => error = Assert.Throws<PoolTimeoutException>(() => pool.Lease(TimeSpan.FromMilliseconds(20))));

        bool ended;
        using (new BlockedPool())
        {
            thread.Start();
            ended = thread.Join(Eventually.Limit);
        }

        Assert.That(ended, Is.True);
        Assert.That(error, Is.InstanceOf<PoolTimeoutException>());
        Assert.That(pool.GetStatistics(), Has.Property("Waiting").Zero.And.Property("TimedOut").EqualTo(1));
    }

    [Test]
    public async Task A_blocked_thread_meets_its_deadline_on_the_pools_clock()
    {
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        using var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = OnThread(() => pool.Lease(TimeSpan.FromSeconds(5)));
        await Eventually.UntilAsync(() => time.Pending == 1);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.ThrowsAsync<PoolTimeoutException>(() => waiter.BoundedAsync());
        Assert.That(() => pool.Lease(TimeSpan.Zero), Throws.InstanceOf<PoolTimeoutException>());
        Assert.That(() => pool.Lease(TimeSpan.FromSeconds(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_blocked_thread_gives_up_when_its_token_is_cancelled_and_fails_when_the_pool_closes()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        using var cancelled = new CancellationTokenSource();
        var giving = OnThread(() => pool.Lease(cancelled.Token));
        var staying = OnThread(() => pool.Lease());
        await Eventually.UntilAsync(() => pool.GetStatistics().Waiting == 2);

        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => giving.BoundedAsync());
        var closing = pool.DisposeAsync();

        Assert.ThrowsAsync<PoolClosedException>(() => staying.BoundedAsync());
        held.Dispose();
        await closing.AsTask().BoundedAsync();
        Assert.That(() => pool.Lease(), Throws.InstanceOf<PoolClosedException>());
        Assert.That(() => pool.Lease(new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Task<T> OnThread<T>(Func<T> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
