namespace Connections.Pooling.Tests;

public class ClosingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Closing_refuses_newcomers_fails_waiters_and_destroys_idle_workers_at_once()
    {
        var policy = new TestPolicy();
        var pool = await Pools.StartAsync(policy, 2, new FakeTime());
        var held = await pool.LeaseAsync().BoundedAsync();
        (await pool.LeaseAsync().BoundedAsync()).MarkBroken();
        var waiter = pool.LeaseAsync().AsTask();

        var closing = pool.CloseAsync(Minute);

        Assert.That(Assert.ThrowsAsync<PoolClosedException>(() => waiter.BoundedAsync())!.Message, Does.Contain("pool 'snmp' of device 'r1'"));
        Assert.ThrowsAsync<PoolClosedException>(() => pool.LeaseAsync().BoundedAsync());
        Assert.ThrowsAsync<PoolClosedException>(() => pool.StartAsync().BoundedAsync());
        Assert.That(closing.IsCompleted, Is.False);
        Assert.That(held.Worker.Destroyed, Is.False);
        await pool.DisposeAsync().AsTask().BoundedAsync();
        await closing.BoundedAsync();
    }

    [Test]
    public async Task Closing_drains_leases_and_destroys_each_worker_on_return()
    {
        var policy = new TestPolicy { OnReset = static _ => throw new InvalidOperationException("No need to reset what is destroyed.") };
        var pool = await Pools.StartAsync(policy, 3, new FakeTime());
        var one = await pool.LeaseAsync().BoundedAsync();
        var other = await pool.LeaseAsync().BoundedAsync();

        var closing = pool.CloseAsync(Minute);
        await Eventually.UntilAsync(() => policy.Destroyed.Count == 1);
        one.Dispose();
        await Eventually.UntilAsync(() => policy.Destroyed.Count == 2);
        Assert.That(closing.IsCompleted, Is.False);
        other.Dispose();

        await closing.BoundedAsync();
        Assert.That(policy.Existing, Is.Zero);
        Assert.That(pool.GetStatistics(), Has.Property("Live").Zero.And.Property("Broken").Zero);
    }

    [Test]
    public async Task Closing_takes_the_workers_of_leases_that_outlast_the_drain_and_their_return_does_nothing()
    {
        var time = new FakeTime();
        var policy = new TestPolicy();
        var pool = await Pools.StartAsync(policy, 2, time);
        var stuck = await pool.LeaseAsync().BoundedAsync();
        var closing = pool.CloseAsync(Minute);
        await Eventually.UntilAsync(() => time.Pending == 1);

        time.Advance(Minute);
        await closing.BoundedAsync();

        Assert.That(policy.Destroyed, Has.Count.EqualTo(2));
        Assert.That(() => stuck.Worker, Throws.InstanceOf<PoolClosedException>());
        stuck.Dispose();
        Assert.Throws<InvalidOperationException>(stuck.Dispose);
        Assert.That(policy.Destroyed, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Closing_twice_and_at_the_same_time_is_closing_once_with_the_shortest_drain()
    {
        var policy = new TestPolicy();
        var pool = await Pools.StartAsync(policy, 3, new FakeTime());
        using var held = await pool.LeaseAsync().BoundedAsync();

        Task[] closings = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => pool.CloseAsync(i == 5 ? TimeSpan.Zero : Minute)))];
        await Task.WhenAll(closings).BoundedAsync();
        await pool.CloseAsync(Timeout.InfiniteTimeSpan).BoundedAsync();
        await pool.DisposeAsync().AsTask().BoundedAsync();

        Assert.That(policy.Destroyed, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Closing_cancels_creations_and_destroys_one_that_succeeds_all_the_same()
    {
        var connected = new TaskCompletionSource();
        var policy = new TestPolicy
        {
            OnCreate = (attempt, token) => new ValueTask(attempt == 1 ? connected.Task : Task.Delay(Timeout.Infinite, token)),
        };
        var pool = Pools.Make(policy, 2);
        var start = pool.StartAsync();
        await Eventually.UntilAsync(() => policy.Attempts == 2);

        var closing = pool.CloseAsync(TimeSpan.Zero);

        Assert.ThrowsAsync<PoolClosedException>(() => start.BoundedAsync());
        await Eventually.UntilAsync(() => policy.Existing == 1);
        Assert.That(closing.IsCompleted, Is.False);
        connected.SetResult();
        await closing.BoundedAsync();
        Assert.That(policy.Existing, Is.Zero);
    }

    [Test]
    public async Task Closing_waits_until_every_worker_is_destroyed()
    {
        var policy = new TestPolicy();
        var pool = await Pools.StartAsync(policy, 2);
        var slow = new TaskCompletionSource();
        policy.OnDestroy = worker => worker.Id == 1 ? slow.Task : Task.CompletedTask;

        var closing = pool.DisposeAsync().AsTask();
        await Eventually.UntilAsync(() => policy.Destroyed.Count == 1);

        var left = closing.ContinueWith(_ => policy.Existing, TaskScheduler.Default);
        Assert.That(closing.IsCompleted, Is.False);
        slow.SetResult();
        Assert.That(await left.BoundedAsync(), Is.Zero);
    }

    [Test]
    public async Task Closing_stops_further_attempts()
    {
        var time = new FakeTime();
        var policy = new TestPolicy { OnCreate = static (attempt, _) => attempt == 1 ? default : throw new IOException() };
        var pool = Pools.Make(policy, 2, time);
        await pool.StartAsync().BoundedAsync();

        await pool.CloseAsync(Minute).BoundedAsync();

        await Eventually.UntilAsync(() => time.Pending == 0);
    }

    [Test]
    public async Task Closing_destroys_a_worker_whose_validation_ends_later()
    {
        var verdict = new TaskCompletionSource<bool>();
        var policy = new TestPolicy();
        var pool = await Pools.StartAsync(policy);
        policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);
        var waiter = pool.LeaseAsync().AsTask();

        var closing = pool.CloseAsync(TimeSpan.Zero);
        Assert.ThrowsAsync<PoolClosedException>(() => waiter.BoundedAsync());
        verdict.SetResult(true);

        await closing.BoundedAsync();
        Assert.That(policy.Existing, Is.Zero);
    }

    [Test]
    public async Task A_pool_without_workers_closes_at_once()
    {
        var pool = Pools.Make(new TestPolicy());

        await pool.CloseAsync(Timeout.InfiniteTimeSpan).BoundedAsync();

        Assert.ThrowsAsync<PoolClosedException>(() => pool.LeaseAsync().BoundedAsync());
    }

    [Test]
    public async Task Closing_with_waiters_leases_a_creation_and_a_retry_in_flight_ends_them_all()
    {
        var time = new FakeTime();
        var policy = new TestPolicy
        {
            OnCreate = static (attempt, token) => attempt switch
            {
                1 or 2 => default,
                3 => throw new IOException("refused"),
                _ => new ValueTask(Task.Delay(Timeout.Infinite, token)),
            },
        };
        var pool = new WorkerPool<TestWorker>(policy, new WorkerPoolOptions { Size = 4, MinSize = 2, TimeProvider = time });
        await pool.StartAsync().BoundedAsync();
        var kept = await pool.LeaseAsync().BoundedAsync();
        var broken = await pool.LeaseAsync().BoundedAsync();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 3).Select(_ => pool.LeaseAsync(Minute).AsTask())];
        await Eventually.UntilAsync(() => pool.GetStatistics() is { RetryAfter: not null, Creating: 1 });
        broken.MarkBroken();

        var closing = pool.CloseAsync(Minute);

        foreach (var waiter in waiters)
        {
            Assert.ThrowsAsync<PoolClosedException>(() => waiter.BoundedAsync());
        }

        Assert.That(closing.IsCompleted, Is.False);
        kept.Dispose();
        broken.Dispose();
        await closing.BoundedAsync();
        Assert.That(policy.Existing, Is.Zero);
        Assert.That(pool.GetStatistics(), Has.Property("Live").Zero.And.Property("Waiting").Zero.And.Property("Creating").Zero);
    }
}
