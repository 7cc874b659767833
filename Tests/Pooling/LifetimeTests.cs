namespace Connections.Pooling.Tests;

/// <summary>How workers come with demand and go with age.</summary>
public class LifetimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private FakeTime _time = null!;
    private TestPolicy _policy = null!;

    [SetUp]
    public void SetUp() => (_time, _policy) = (new FakeTime(), new TestPolicy());

    [Test]
    public async Task A_start_creates_the_minimum_and_demand_the_rest_up_to_the_size()
    {
        await using var pool = await StartAsync(new() { Size = 4, MinSize = 2 });
        Assert.That(pool.GetStatistics(), Has.Property("Idle").EqualTo(2).And.Property("MinSize").EqualTo(2));

        var leases = await LeaseAsync(pool, 4);
        var fifth = pool.LeaseAsync().AsTask();

        Assert.That(_policy.Attempts, Is.EqualTo(4));
        Assert.That(fifth.IsCompleted, Is.False);
        Return(leases);
        (await fifth.BoundedAsync()).Dispose();
        Assert.That(_policy.MostExisting, Is.EqualTo(4));
    }

    [Test]
    public async Task A_minimum_of_none_starts_without_any_attempt()
    {
        await using var pool = await StartAsync(new() { Size = 2, MinSize = 0 });

        Assert.That(_policy.Attempts, Is.Zero);
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
    }

    [Test]
    public void A_minimum_above_the_size_is_refused() =>
        Assert.That(() => new WorkerPool<TestWorker>(_policy, new() { Size = 2, MinSize = 3 }), Throws.ArgumentException);

    [Test]
    public async Task Workers_that_idle_too_long_go_down_to_the_minimum()
    {
        await using var pool = await StartAsync(new() { Size = 5, MinSize = 2, IdleTimeout = Minute, Jitter = 0 });
        Return(await LeaseAsync(pool, 5));

        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.That(pool.GetStatistics().Live, Is.EqualTo(5));
        _time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 3);
        Assert.That(pool.GetStatistics(), Has.Property("Idle").EqualTo(2).And.Property("Retired").EqualTo(3));
        _time.Advance(10 * Minute);
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(2));
        Assert.That(_policy.Attempts, Is.EqualTo(5));
    }

    [Test]
    public async Task A_worker_in_use_now_and_then_keeps_the_surplus_from_being_needed_and_lets_it_age_out()
    {
        await using var pool = await StartAsync(new() { Size = 3, MinSize = 0, IdleTimeout = Minute, Jitter = 0 });
        Return(await LeaseAsync(pool, 3));
        var used = 0;
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(Minute / 2);
            using var lease = await pool.LeaseAsync().BoundedAsync();
            used = i == 0 ? lease.Worker.Id : used;
            Assert.That(lease.Worker.Id, Is.EqualTo(used));
        }

        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 2);
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(1));
    }

    [Test]
    public async Task Workers_created_together_end_apart_by_their_jitter()
    {
        await using var pool = await StartAsync(new() { Size = 3, MaxLifetime = Minute, Jitter = 0.5, Random = new Chance(0, 0.5, 1, 0) });

        // Their lives are 60, 45 and 30 seconds.
        foreach (var (seconds, ended) in new[] { (29, 0), (1, 1), (14, 1), (1, 2), (14, 2), (1, 3) })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            await Eventually.UntilAsync(() => _policy.Destroyed.Count == ended && pool.GetStatistics().Idle == 3);
        }

        Assert.That(pool.GetStatistics(), Has.Property("Broken").Zero.And.Property("Retired").EqualTo(3));
    }

    [Test]
    public async Task A_leased_worker_lives_until_it_is_returned()
    {
        await using var pool = await StartAsync(new() { MaxLifetime = Minute });
        var lease = await pool.LeaseAsync().BoundedAsync();
        var worker = lease.Worker;
        _time.Advance(2 * Minute);
        Assert.That(worker.Destroyed, Is.False);

        lease.Dispose();

        using var next = await pool.LeaseAsync().BoundedAsync();
        Assert.That(next.Worker, Is.Not.SameAs(worker));
        Assert.That(_policy.MostExisting, Is.EqualTo(1));
    }

    [Test]
    public async Task A_worker_that_served_as_often_as_it_may_is_replaced()
    {
        await using var pool = await StartAsync(new() { MaxUses = 4, Jitter = 0.5, Random = new Chance(0, 1) });
        var served = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            using var lease = await pool.LeaseAsync().BoundedAsync();
            served.Add(lease.Worker.Id);
        }

        // The first may serve four times; of the others half is taken off.
        Assert.That(served, Is.EqualTo(new[] { 1, 1, 1, 1, 2, 2, 3 }));
    }

    [Test]
    public async Task While_requests_wait_aged_workers_are_replaced_one_after_another()
    {
        await using var pool = await StartAsync(new() { Size = 3, MaxLifetime = Minute, Jitter = 0 });
        var leases = await LeaseAsync(pool, 3);
        var connected = new TaskCompletionSource();
        _policy.OnCreate = (_, _) => new ValueTask(connected.Task);
        _time.Advance(Minute);
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 3).Select(_ => pool.LeaseAsync().AsTask())];

        Return(leases);

        var first = await waiters[0].BoundedAsync();
        var second = await waiters[1].BoundedAsync();
        Assert.That(waiters[2].IsCompleted, Is.False);
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 1);
        connected.SetResult();
        Return([first, second, await waiters[2].BoundedAsync()]);
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 3 && pool.GetStatistics().Idle == 3);
    }

    [Test]
    public async Task Aged_workers_stay_while_no_other_can_be_created()
    {
        await using var pool = await StartAsync(new() { Size = 2, MaxLifetime = Minute, Jitter = 0 });
        var lease = await pool.LeaseAsync().BoundedAsync();
        _policy.OnCreate = static (_, _) => throw new IOException("refused");
        lease.MarkBroken();
        lease.Dispose();
        await Eventually.UntilAsync(() => pool.GetStatistics().RetryAfter is not null);

        using (await pool.LeaseAsync().BoundedAsync())
        {
            _time.Advance(Minute);
            await Eventually.UntilAsync(() => pool.GetStatistics() is { RetryAfter: not null, Creating: 0 });
        }

        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(1));
    }

    [Test]
    public async Task Clear_replaces_idle_workers_at_once_and_leased_ones_when_they_return()
    {
        await using var pool = await StartAsync(new() { Size = 3 });
        var lease = await pool.LeaseAsync().BoundedAsync();

        pool.Clear();

        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 2 && pool.GetStatistics() is { Idle: 2, Busy: 1 });
        Assert.That(lease.Worker.Destroyed, Is.False);
        lease.Dispose();
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 3 && pool.GetStatistics().Idle == 3);
        Assert.That(_policy.Created.Where(static worker => !worker.Destroyed).Min(static worker => worker.Id), Is.GreaterThan(3));
        Assert.That(pool.GetStatistics(), Has.Property("Broken").Zero.And.Property("Retired").EqualTo(3));
    }

    [Test]
    public async Task Clear_discards_creations_and_validations_under_way()
    {
        var connected = new TaskCompletionSource();
        var verdict = new TaskCompletionSource<bool>();
        await using var pool = await StartAsync(new() { Size = 2, MinSize = 1 });
        _policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);
        _policy.OnCreate = (attempt, _) => new ValueTask(attempt == 2 ? connected.Task : Task.CompletedTask);
        Task<WorkerLease<TestWorker>>[] waiters = [pool.LeaseAsync().AsTask(), pool.LeaseAsync().AsTask()];
        await Eventually.UntilAsync(() => _policy.Attempts == 2);

        pool.Clear();
        verdict.SetResult(true);
        connected.SetResult();

        foreach (var waiter in waiters)
        {
            using var lease = await waiter.BoundedAsync();
            Assert.That(lease.Worker.Id, Is.GreaterThan(2));
        }

        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 2);
    }

    [Test]
    public async Task A_worker_is_validated_only_after_it_was_idle_that_long()
    {
        var validated = 0;
        _policy.OnValidate = _ => new ValueTask<bool>(++validated > 0);
        await using var pool = await StartAsync(new() { ValidateAfterIdle = TimeSpan.FromSeconds(5) });

        _time.Advance(TimeSpan.FromSeconds(4));
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
        Assert.That(validated, Is.Zero);
        _time.Advance(TimeSpan.FromSeconds(5));
        var held = await pool.LeaseAsync().BoundedAsync();
        Assert.That(validated, Is.EqualTo(1));
        var waiter = pool.LeaseAsync().AsTask();
        held.Dispose();

        (await waiter.BoundedAsync()).Dispose();
        Assert.That(validated, Is.EqualTo(1), "It was not idle at all.");
    }

    [Test]
    public async Task A_pool_that_nobody_uses_any_more_is_not_kept_alive_by_its_timers_and_gauges()
    {
        var forgotten = await ForgetAsync();

        await Eventually.UntilAsync(() =>
        {
            GC.Collect();
            return !forgotten.TryGetTarget(out _);
        });

        async Task<WeakReference<object>> ForgetAsync() => new(await StartAsync(new() { IdleTimeout = Minute, LeakThreshold = Minute }));
    }

    private static void Return(IEnumerable<WorkerLease<TestWorker>> leases)
    {
        foreach (var lease in leases)
        {
            lease.Dispose();
        }
    }

    private static async Task<List<WorkerLease<TestWorker>>> LeaseAsync(WorkerPool<TestWorker> pool, int count)
    {
        var leases = new List<WorkerLease<TestWorker>>();
        for (var i = 0; i < count; i++)
        {
            leases.Add(await pool.LeaseAsync().BoundedAsync());
        }

        return leases;
    }

    private async Task<WorkerPool<TestWorker>> StartAsync(WorkerPoolOptions options)
    {
        var pool = new WorkerPool<TestWorker>(_policy, options with { TimeProvider = _time });
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
