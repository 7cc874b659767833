namespace Connections.Pooling.Tests;

public class DeadlineTests
{
    private static readonly TimeSpan HalfSecond = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task A_deadline_that_falls_in_the_queue_names_the_holders_and_what_to_do()
    {
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), 2, time);
        using var first = await pool.LeaseAsync(holder: "ReadTableAsync").BoundedAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        using var second = await pool.LeaseAsync(holder: "RebootAsync").BoundedAsync();
        var late = pool.LeaseAsync(HalfSecond).AsTask();
        var other = pool.LeaseAsync().AsTask();

        time.Advance(HalfSecond);

        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync())!;
        Assert.That(error.Message, Is.EqualTo(
            "No worker of pool 'snmp' of device 'r1' became free within 500 ms: of at most 2, 2 busy, 0 idle, 0 being created; 1 other request waits. "
            + "Held by ReadTableAsync for 2.5 s, RebootAsync for 500 ms. Return leases sooner, make the pool larger, or wait longer."));
        Assert.That(error.Alias, Is.EqualTo("snmp"));
        Assert.That(error.Device, Is.EqualTo("r1"));
        Assert.That(error.Holders.Select(static holder => holder.Ticket), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(error.Statistics.Waiting, Is.EqualTo(1));
        Assert.That(error.InnerException, Is.Null);
        Assert.That(other.IsCompleted, Is.False);
        Assert.That(pool.GetStatistics().TimedOut, Is.EqualTo(1));
    }

    [Test]
    public async Task The_member_that_leases_is_the_holder_unless_told_otherwise()
    {
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        using var held = await pool.LeaseAsync().BoundedAsync();

        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => pool.LeaseAsync(TimeSpan.Zero).BoundedAsync())!;

        Assert.That(error.Holders.Single().Member, Is.EqualTo(nameof(The_member_that_leases_is_the_holder_unless_told_otherwise)));
    }

    [Test]
    public async Task A_deadline_that_falls_in_creation_tells_the_last_creation_error_and_loses_no_worker()
    {
        var time = new FakeTime();
        var connected = new TaskCompletionSource();
        var policy = new TestPolicy
        {
            OnCreate = (attempt, _) => attempt == 1 ? throw new IOException("connection refused") : new ValueTask(connected.Task),
        };
        await using var pool = Pools.Make(policy, time: time);
        var late = pool.LeaseAsync(TimeSpan.FromSeconds(2)).AsTask();
        await Eventually.UntilAsync(() => time.Pending == 2);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.UntilAsync(() => policy.Attempts == 2);

        time.Advance(TimeSpan.FromSeconds(1));

        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync())!;
        Assert.That(error.Message, Does.Contain("1 being created").And.Contain("connection refused"));
        Assert.That(error.InnerException, Is.TypeOf<IOException>());
        connected.SetResult();
        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == 1);
    }

    [Test]
    public async Task A_deadline_that_falls_in_validation_loses_no_worker()
    {
        var time = new FakeTime();
        var verdict = new TaskCompletionSource<bool>();
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, time: time);
        policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);
        var late = pool.LeaseAsync(HalfSecond).AsTask();

        time.Advance(HalfSecond);

        Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync());
        verdict.SetResult(true);
        await Eventually.UntilAsync(() => pool.GetStatistics() is { Idle: 1, Busy: 0 });
    }

    [Test]
    public async Task The_pools_timeout_holds_where_the_request_names_none()
    {
        var time = new FakeTime();
        await using var pool = new WorkerPool<TestWorker>(
            new TestPolicy(), new WorkerPoolOptions { Timeout = HalfSecond, TimeProvider = time });
        await using var held = await pool.LeaseAsync().BoundedAsync();
        var late = pool.LeaseAsync().AsTask();
        var run = pool.RunAsync(0, static (_, _, _) => new ValueTask<int>(0)).AsTask();

        time.Advance(HalfSecond);

        Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync());
        Assert.ThrowsAsync<PoolTimeoutException>(() => run.BoundedAsync());
    }

    [Test]
    public async Task A_timeout_of_zero_takes_a_free_worker()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());

        using var lease = await pool.LeaseAsync(TimeSpan.Zero).BoundedAsync();

        Assert.That(lease.Ticket, Is.EqualTo(1));
    }

    [Test]
    public async Task A_granted_request_is_not_timed_out_by_its_old_deadline_nor_is_the_next_that_uses_its_timer()
    {
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        var held = await pool.LeaseAsync().BoundedAsync();
        var first = pool.LeaseAsync(HalfSecond).AsTask();
        held.Dispose();
        held = await first.BoundedAsync();
        Assert.That(time.Pending, Is.Zero);

        var next = pool.LeaseAsync(2 * HalfSecond).AsTask();
        time.Advance(HalfSecond);
        Assert.That(next.IsCompleted, Is.False);
        time.Advance(HalfSecond);

        Assert.ThrowsAsync<PoolTimeoutException>(() => next.BoundedAsync());
        Assert.That(held.Worker.Destroyed, Is.False);
        held.Dispose();
    }

    [Test]
    public async Task Times_out_of_range_are_refused()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());

        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.LeaseAsync(TimeSpan.FromSeconds(-1)).AsTask());
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.LeaseAsync(TimeSpan.FromDays(50)).AsTask());
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.CloseAsync(TimeSpan.FromSeconds(-1)));
        Assert.That(() => new WorkerPoolOptions { Size = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WorkerPoolOptions { Timeout = TimeSpan.FromSeconds(-1) }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WorkerPoolOptions { MaxCreateFailures = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ConnectGovernorOptions { RetryDelay = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WorkerPoolOptions { Name = "" }, Throws.ArgumentException);
    }
}
