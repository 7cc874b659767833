namespace Connections.Pooling.Tests;

public class LeaseTests
{
    [Test]
    public async Task A_second_return_throws_and_does_not_return_twice()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy(), 2);
        var lease = await pool.LeaseAsync().BoundedAsync();
        lease.Dispose();

        var error = Assert.Throws<InvalidOperationException>(lease.Dispose)!;

        Assert.That(error.Message, Does.Contain("Lease 1 of pool 'snmp' of device 'r1'"));
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(2));
    }

    [Test]
    public async Task A_copy_of_a_returned_lease_can_neither_return_nor_use_nor_break_the_next_holders_worker()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var lease = await pool.LeaseAsync().BoundedAsync();
        var copy = lease;
        lease.Dispose();
        var next = await pool.LeaseAsync().BoundedAsync();

        Assert.Throws<InvalidOperationException>(copy.Dispose);
        Assert.That(() => copy.Worker, Throws.InvalidOperationException);
        Assert.Throws<InvalidOperationException>(copy.MarkBroken);
        Assert.ThrowsAsync<InvalidOperationException>(async () => await copy.DisposeAsync());
        Assert.That(pool.GetStatistics(), Has.Property("Idle").Zero.And.Property("Busy").EqualTo(1));
        next.Dispose();
        Assert.That(pool.GetStatistics(), Has.Property("Idle").EqualTo(1).And.Property("Broken").Zero);
    }

    [Test]
    public async Task Of_many_returns_at_once_one_succeeds()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        for (var round = 0; round < 1000; round++)
        {
            var lease = await pool.LeaseAsync().BoundedAsync();
            var succeeded = 0;
            Parallel.For(0, 4, _ =>
            {
                try
                {
                    lease.Dispose();
                    Interlocked.Increment(ref succeeded);
                }
                catch (InvalidOperationException)
                {
                    // What all but one must get.
                }
            });
            Assert.That(succeeded, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_default_lease_says_that_it_is_none()
    {
        WorkerLease<TestWorker> none = default;

        Assert.That(() => none.Worker, Throws.InvalidOperationException);
        Assert.Throws<InvalidOperationException>(none.Dispose);
    }

    [Test]
    public async Task A_lease_task_awaited_twice_throws_and_harms_nobody()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync();
        var again = waiter;
        held.Dispose();
        held = await waiter.BoundedAsync();

        Assert.That(() => again.GetAwaiter().GetResult(), Throws.InvalidOperationException);

        held.Dispose();
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_returns_the_worker_also_when_the_body_throws()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());

        var id = await pool.RunAsync(7, static (worker, state, _) => new ValueTask<int>(worker.Id + state)).BoundedAsync();
        Assert.ThrowsAsync<IOException>(() => pool.RunAsync<int, int>(0, static (_, _, _) => throw new IOException()).BoundedAsync());

        Assert.That(id, Is.EqualTo(8));
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(1));
    }

    [Test]
    public async Task A_worker_whose_reset_fails_or_throws_is_replaced()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy);
        foreach (var reset in new Func<TestWorker, ValueTask<bool>>[]
        {
            static _ => new ValueTask<bool>(false),
            static _ => throw new IOException(),
            static async _ =>
            {
                await Task.Yield();
                throw new IOException();
            },
        })
        {
            var lease = await pool.LeaseAsync().BoundedAsync();
            policy.OnReset = reset;
            var worker = lease.Worker;
            lease.MarkChanged();
            lease.Dispose();
            await Eventually.UntilAsync(() => policy.Destroyed.Contains(worker) && pool.GetStatistics().Idle == 1);
        }

        Assert.That(pool.GetStatistics(), Has.Property("Broken").EqualTo(3).And.Property("Created").EqualTo(4));
        Assert.That(policy.MostExisting, Is.EqualTo(1));
    }

    [Test]
    public async Task A_waiter_gets_the_worker_only_after_its_reset()
    {
        var cleaned = new TaskCompletionSource<bool>();
        var policy = new TestPolicy { OnReset = _ => new ValueTask<bool>(cleaned.Task) };
        await using var pool = await Pools.StartAsync(policy);
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();

        held.MarkChanged();
        held.Dispose();
        Assert.That(pool.GetStatistics(), Has.Property("Busy").EqualTo(1).And.Property("Waiting").EqualTo(1));
        cleaned.SetResult(true);

        (await waiter.BoundedAsync()).Dispose();
    }

    [Test]
    public async Task Returning_never_runs_the_next_holders_code()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        using var returned = new ManualResetEventSlim();
        var next = NextAsync();

        // Would block here, had the holder's code not been sent to another thread.
        held.Dispose();
        returned.Set();

        Assert.That(await next.BoundedAsync(), Is.True);

        async Task<bool> NextAsync()
        {
            using var lease = await pool.LeaseAsync().ConfigureAwait(false);
            return returned.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
