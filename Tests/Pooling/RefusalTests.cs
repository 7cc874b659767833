namespace Connections.Pooling.Tests;

/// <summary>Failures to create that are final, as a wrong password is: trying again by itself may lock a user out.</summary>
public class RefusalTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ConnectionException Refusal = new("wrong password");

    private FakeTime _time = null!;
    private TestPolicy _policy = null!;

    [SetUp]
    public void SetUp() => (_time, _policy) = (new FakeTime(), new TestPolicy());

    [Test]
    public async Task A_start_fails_at_the_first_refusal_and_nothing_is_tried_again()
    {
        Refuse();
        await using var pool = Make(size: 3, firstAlone: true);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => pool.StartAsync().BoundedAsync())!;

        Assert.That(error.Message, Does.Contain("pool 'snmp' of device 'r1'").And.Contain("wrong password").And.EndsWith("It is not tried again by itself."));
        Assert.That((error.IsTransient, error.InnerException), Is.EqualTo((false, (Exception?)Refusal)));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((_policy.Attempts, _time.Pending), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Workers_made_side_by_side_are_each_tried_once()
    {
        Refuse();
        await using var pool = Make(size: 3);

        Assert.ThrowsAsync<ConnectFailedException>(() => pool.StartAsync().BoundedAsync());

        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((_policy.Attempts, _time.Pending), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task The_others_follow_a_first_one_that_was_let_in_and_the_start_waits_for_them()
    {
        var first = new TaskCompletionSource();
        var others = new TaskCompletionSource();
        _policy.OnCreate = (attempt, _) => new ValueTask(attempt == 1 ? first.Task : others.Task);
        await using var pool = Make(size: 3, firstAlone: true);
        var start = pool.StartAsync();
        await Eventually.UntilAsync(() => _policy.Attempts == 1);
        Assert.That(pool.GetStatistics().Creating, Is.EqualTo(1));

        first.SetResult();
        await Eventually.UntilAsync(() => _policy.Attempts == 3);
        Assert.That(start.IsCompleted, Is.False);
        others.SetResult();

        await start.BoundedAsync();
        Assert.That(pool.GetStatistics().Idle, Is.EqualTo(3));
    }

    [Test]
    public async Task All_who_wait_are_told_at_once_when_the_last_worker_has_died()
    {
        await using var pool = await StartAsync();
        var held = await pool.LeaseAsync().BoundedAsync();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 5).Select(_ => pool.LeaseAsync().AsTask())];
        Refuse();

        held.MarkBroken();
        held.Dispose();

        foreach (var waiter in waiters)
        {
            Assert.That(Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync())!.InnerException, Is.SameAs(Refusal));
        }

        Assert.That((_policy.Attempts, _time.Pending), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_request_has_it_tried_once_and_each_time_a_longer_while_after_the_last()
    {
        await using var pool = await StartAsync();
        Refuse();
        Break(await pool.LeaseAsync().BoundedAsync());
        var pauses = new List<TimeSpan>();
        for (var attempt = 2; attempt < 8; attempt++)
        {
            var error = Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync())!;
            Assert.That(_policy.Attempts, Is.EqualTo(attempt));
            pauses.Add(error.RetryAfter!.Value);

            _time.Advance(error.RetryAfter!.Value - TimeSpan.FromTicks(1));
            Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync());
            Assert.That(_policy.Attempts, Is.EqualTo(attempt), "while it is paused, nothing is tried");
            _time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.That(pauses, Is.EqualTo(new[] { 1, 2, 4, 8, 10, 10 }.Select(static seconds => seconds * Second)));
    }

    [Test]
    public async Task A_password_that_was_mended_brings_all_workers_back()
    {
        await using var pool = await StartAsync(size: 3);
        Refuse();
        Break(await pool.LeaseAsync().BoundedAsync());
        await Eventually.UntilAsync(() => _policy.Attempts == 4 && pool.GetStatistics().Creating == 0);
        Break(await pool.LeaseAsync().BoundedAsync());
        Break(await pool.LeaseAsync().BoundedAsync());
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 3);
        Assert.That(_policy.Attempts, Is.EqualTo(4));

        Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync());
        _policy.OnCreate = null;
        _time.Advance(Second * 10);

        (await pool.LeaseAsync().BoundedAsync()).Dispose();

        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == 3);
    }

    [Test]
    public async Task While_workers_live_a_refused_one_is_not_missed_and_nobody_fails()
    {
        await using var pool = await StartAsync(size: 2);
        var (one, other) = (await pool.LeaseAsync().BoundedAsync(), await pool.LeaseAsync().BoundedAsync());
        Refuse();
        Break(one);
        await Eventually.UntilAsync(() => _policy.Attempts == 3 && pool.GetStatistics().Creating == 0);

        var waiter = pool.LeaseAsync().AsTask();
        Assert.That(waiter.IsCompleted, Is.False);
        other.Dispose();

        (await waiter.BoundedAsync()).Dispose();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((_policy.Attempts, _time.Pending), Is.EqualTo((3, 0)));
    }

    [Test]
    public void A_governor_does_not_repeat_what_is_final()
    {
        var governor = Pools.Patient(_time);
        var attempts = 0;

        Assert.ThrowsAsync<ConnectionException>(() => governor.ConnectAsync<int, int>(
            (_, _) =>
            {
                attempts++;
                throw Refusal;
            },
            0).AsTask().BoundedAsync());

        Assert.That((attempts, _time.Pending), Is.EqualTo((1, 0)));
    }

    private static void Break(WorkerLease<TestWorker> lease)
    {
        lease.MarkBroken();
        lease.Dispose();
    }

    private void Refuse() => _policy.OnCreate = static (_, _) => throw Refusal;

    private async Task<WorkerPool<TestWorker>> StartAsync(int size = 1)
    {
        var pool = Make(size);
        await pool.StartAsync().BoundedAsync();
        return pool;
    }

    private WorkerPool<TestWorker> Make(int size, bool firstAlone = false) => new(_policy, new WorkerPoolOptions
    {
        Name = "snmp",
        Device = "r1",
        Size = size,
        FirstAlone = firstAlone,
        TimeProvider = _time,
        Governor = new ConnectGovernor(new ConnectGovernorOptions
        {
            Device = "r1",
            AttemptTimeout = Timeout.InfiniteTimeSpan,
            RetryDelay = Second,
            MaxRetryDelay = 10 * Second,
            BreakAfter = 100,
            TimeProvider = _time,
        }),
    });
}
