namespace Connections.Pooling.Tests;

/// <summary>Attempts to connect that do not end.</summary>
public class AttemptTimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = 60 * Second;

    private FakeTime _time = null!;
    private TestPolicy _policy = null!;
    private RecordedLog _log = null!;

    [SetUp]
    public void SetUp() => (_time, _policy, _log) = (new FakeTime(), new TestPolicy(), new RecordedLog());

    [Test]
    public async Task A_waiter_without_a_timeout_of_a_factory_that_hangs_fails_and_learns_who_did_not_connect_within_how_long()
    {
        CancellationToken given = default;
        _policy.OnCreate = (_, token) => Hang(given = token);
        await using var pool = Make();
        var waiter = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => _policy.Attempts == 1);

        _time.Advance(Limit - Second);
        Assert.That(given.IsCancellationRequested, Is.False);
        _time.Advance(Second);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync())!;
        Assert.That(given.IsCancellationRequested, Is.True);
        Assert.That(error.Message, Does.Contain("pool 'snmp' of device 'r1'")
            .And.Contain("connect to device 'r1' was given up because it did not end within 60.0 s. Check that the device answers")
            .And.Contain("ConnectGovernorOptions.AttemptTimeout. Check that the device is up"));
        var cause = error.InnerException as ConnectFailedException;
        Assert.That(cause, Has.Property("Device").EqualTo("r1").And.Property("IsTransient").True.And.InnerException.TypeOf<TimeoutException>());
        await Eventually.UntilAsync(() => _policy.Existing == 0);
    }

    [Test]
    public async Task A_factory_that_ignores_its_token_is_left_to_itself_and_its_late_worker_is_destroyed_unused()
    {
        var late = new TaskCompletionSource();
        _policy.OnCreate = (attempt, _) => new ValueTask(attempt == 1 ? late.Task : Task.CompletedTask);
        await using var pool = Make(maxCreateFailures: 2);
        Task<WorkerLease<TestWorker>>[] waiters = [pool.LeaseAsync().AsTask(), pool.LeaseAsync().AsTask()];
        await Eventually.UntilAsync(() => _policy.Attempts == 1);

        _time.Advance(Limit);
        await Eventually.UntilAsync(() => pool.GetStatistics() is { CreateFailures: 1, Creating: 0, RetryAfter: not null });
        _time.Advance(30 * Second);

        var lease = await waiters[0].BoundedAsync();
        Assert.That(lease.Worker.Id, Is.EqualTo(2));
        late.SetResult();
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 1);
        Assert.That(_policy.Destroyed.Single().Id, Is.EqualTo(1));
        Assert.That(lease.Worker.Destroyed, Is.False);
        Assert.That(waiters[1].IsCompleted, Is.False);
        Assert.That(pool.GetStatistics(), Has.Property("Live").EqualTo(1).And.Property("Created").EqualTo(1));
        Assert.That(_policy.Existing, Is.EqualTo(1));
        lease.Dispose();
        (await waiters[1].BoundedAsync()).Dispose();
    }

    [Test]
    public async Task An_abandoned_attempt_that_fails_after_all_is_logged_and_changes_nothing()
    {
        var late = new TaskCompletionSource();
        _policy.OnCreate = (attempt, _) => new ValueTask(attempt == 1 ? late.Task : Task.CompletedTask);
        await using var pool = Make();
        var waiter = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => _policy.Attempts == 1);
        _time.Advance(Limit);
        Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync());
        using var lease = await pool.LeaseAsync().BoundedAsync();

        late.SetException(new IOException("connection reset"));

        await Eventually.UntilAsync(() => _log.Messages.Contains("An attempt to connect to device 'r1' that had been given up has failed"));
        Assert.That(pool.GetStatistics(), Has.Property("Live").EqualTo(1).And.Property("CreateFailures").EqualTo(1));
    }

    [Test]
    public async Task An_abandoned_attempt_makes_room_for_others_and_counts_for_the_breaker()
    {
        var never = new TaskCompletionSource<int>();
        var governor = Governor(new() { MaxConcurrentConnects = 1, BreakAfter = 2, BreakWindow = 10 * Limit });
        for (var i = 0; i < 2; i++)
        {
            var attempt = governor.AttemptAsync(static (task, _) => new ValueTask<int>(task), never.Task, CancellationToken.None).AsTask();
            _time.Advance(Limit);
            Assert.ThrowsAsync<ConnectFailedException>(() => attempt.BoundedAsync());
        }

        Assert.That(governor.IsOpen, Is.True);
        never.SetResult(0);
    }

    [Test]
    public async Task An_attempt_that_fails_in_its_own_way_when_it_is_told_to_end_is_a_timeout_all_the_same()
    {
        var attempt = Governor(new()).AttemptAsync<int, int>(
            static async (_, token) =>
            {
                var told = new TaskCompletionSource();
                await using var registration = token.Register(told.SetResult);
                await told.Task;
                throw new IOException("aborted");
            },
            0,
            CancellationToken.None).AsTask();

        _time.Advance(Limit);

        Assert.That(
            Assert.ThrowsAsync<ConnectFailedException>(() => attempt.BoundedAsync())!.InnerException, Is.TypeOf<TimeoutException>());
        await Eventually.UntilAsync(() => _log.Messages.Count == 1);
    }

    [Test]
    public async Task An_attempt_is_told_to_end_before_anything_follows_from_its_failure()
    {
        var never = new TaskCompletionSource<int>();
        CancellationToken given = default;
        var seen = Governor(new()).AttemptAsync(
            (task, token) =>
            {
                given = token;
                return new ValueTask<int>(task);
            },
            never.Task,
            CancellationToken.None).AsTask().ContinueWith(
                _ => given.IsCancellationRequested, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        await Task.Run(() => _time.Advance(Limit)).BoundedAsync();

        Assert.That(await seen.BoundedAsync(), Is.True);
        never.SetResult(0);
    }

    [Test]
    public async Task Closing_waits_for_an_attempt_that_ignores_its_token_no_longer_than_the_attempt_may_take()
    {
        var late = new TaskCompletionSource();
        _policy.OnCreate = (_, _) => new ValueTask(late.Task);
        var pool = Make();
        var waiter = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => _policy.Attempts == 1);

        var closing = pool.DisposeAsync().AsTask();
        Assert.ThrowsAsync<PoolClosedException>(() => waiter.BoundedAsync());
        Assert.That(closing.IsCompleted, Is.False);
        _time.Advance(Limit);

        await closing.BoundedAsync();
        late.SetResult();
        await Eventually.UntilAsync(() => _policy.Existing == 0);
    }

    [Test]
    public async Task Without_a_limit_an_attempt_may_take_as_long_as_it_likes()
    {
        var connected = new TaskCompletionSource();
        _policy.OnCreate = (_, _) => new ValueTask(connected.Task);
        await using var pool = Make(limit: Timeout.InfiniteTimeSpan);
        var waiter = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => _policy.Attempts == 1);

        _time.Advance(TimeSpan.FromDays(10));
        connected.SetResult();

        (await waiter.BoundedAsync()).Dispose();
        Assert.That(_policy.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void A_limit_that_no_timer_keeps_is_refused([Values(-2, 0, 9, 86_400_001)] int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ConnectGovernorOptions { AttemptTimeout = TimeSpan.FromMilliseconds(milliseconds) });

    private static ValueTask Hang(CancellationToken token) => new(Task.Delay(Timeout.Infinite, token));

    private ConnectGovernor Governor(ConnectGovernorOptions options) => new(options with { Device = "r1", TimeProvider = _time, Logger = _log });

    private WorkerPool<TestWorker> Make(int maxCreateFailures = 1, TimeSpan? limit = null) => new(_policy, new WorkerPoolOptions
    {
        Name = "snmp",
        Device = "r1",
        MaxCreateFailures = maxCreateFailures,
        Governor = Governor(limit is { } time ? new() { AttemptTimeout = time } : new()),
        TimeProvider = _time,
    });
}
