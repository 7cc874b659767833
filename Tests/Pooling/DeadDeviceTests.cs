namespace Connections.Pooling.Tests;

/// <summary>Devices that refuse, hang, die, and come back.</summary>
public class DeadDeviceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private FakeTime _time = null!;
    private TestPolicy _policy = null!;

    [SetUp]
    public void SetUp() => (_time, _policy) = (new FakeTime(), new TestPolicy());

    [Test]
    public async Task Three_of_five_workers_refused_at_start_are_reported_and_tried_again()
    {
        var log = new RecordedLog();
        _policy.OnCreate = static (attempt, _) => attempt <= 3 ? throw new IOException("one session too many") : default;
        await using var pool = Make(new() { Size = 5, Logger = log });

        await pool.StartAsync().BoundedAsync();

        var start = pool.GetStatistics();
        Assert.That(start, Has.Property("Live").EqualTo(2).And.Property("CreateFailures").EqualTo(3));
        await Eventually.UntilAsync(() => pool.GetStatistics().RetryAfter is not null);
        await Eventually.UntilAsync(() => log.Messages.Count == 3);
        Assert.That(log.Messages, Has.All.Contains("A worker of pool"));
        _time.Advance(30 * Second);
        await Eventually.UntilAsync(() => pool.GetStatistics() is { Idle: 5, RetryAfter: null, LastCreateError: null });
        Assert.That(_policy.Attempts, Is.EqualTo(8));
    }

    [Test]
    public async Task A_start_that_needs_more_than_connect_fails_after_the_allowed_failures_but_keeps_those_that_live()
    {
        _policy.OnCreate = static (attempt, _) => attempt > 1 ? throw new IOException("one session too many") : default;
        await using var pool = Make(new() { Size = 3, MinReady = 2 });
        var start = pool.StartAsync();
        await AdvanceUntilAsync(pool, () => start.IsCompleted);

        Assert.That(
            Assert.ThrowsAsync<ConnectFailedException>(() => start.BoundedAsync())!.InnerException, Has.Message.EqualTo("one session too many"));
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
    }

    [Test]
    public async Task A_success_in_between_lets_a_start_go_on_through_as_many_failures_again()
    {
        _policy.OnCreate = static (attempt, _) => attempt is <= 4 or 6 or 7 ? throw new IOException() : default;
        await using var pool = Make(new() { Size = 2, MinReady = 2 });

        var start = pool.StartAsync();
        await AdvanceUntilAsync(pool, () => start.IsCompleted);

        await start.BoundedAsync();
        Assert.That(_policy.Attempts, Is.EqualTo(8));
    }

    [Test]
    public async Task A_start_succeeds_late_when_enough_workers_are_ready()
    {
        _policy.OnCreate = static (attempt, _) => attempt is 2 or 3 ? throw new IOException() : default;
        await using var pool = Make(new() { Size = 3, MinReady = 3 });
        var start = pool.StartAsync();
        await Eventually.UntilAsync(() => pool.GetStatistics() is { Live: 1, RetryAfter: not null, Creating: 0 });
        Assert.That(start.IsCompleted, Is.False);

        _time.Advance(30 * Second);

        await start.BoundedAsync();
        Assert.That(pool.GetStatistics().Live, Is.EqualTo(3));
    }

    [Test]
    public async Task Waiters_of_a_factory_that_fails_some_times_and_then_works_are_served_in_order_and_one_that_gave_up_knows_the_last_error()
    {
        _policy.OnCreate = static (attempt, _) => attempt <= 5 ? throw new IOException($"failure {attempt}") : default;
        await using var pool = Make(new() { MaxCreateFailures = 10 });
        var patient = pool.LeaseAsync().AsTask();
        var hasty = pool.LeaseAsync(TimeSpan.FromMilliseconds(1)).AsTask();
        await Eventually.UntilAsync(() => pool.GetStatistics().RetryAfter is not null);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => hasty.BoundedAsync())!;
        Assert.That(error.InnerException, Has.Message.EqualTo("failure 1"));
        Assert.That(error.Message, Does.Contain("failed with: failure 1. The next attempt is made in "));
        await AdvanceUntilAsync(pool, () => patient.IsCompleted);

        (await patient.BoundedAsync()).Dispose();
        Assert.That(_policy.Attempts, Is.EqualTo(6));
        Assert.That(pool.GetStatistics(), Has.Property("CreateFailures").EqualTo(5).And.Property("LastCreateError").Null);
    }

    [Test]
    public async Task Waiters_of_a_factory_that_hangs_meet_their_deadlines_and_closing_ends_it()
    {
        _policy.OnCreate = static (_, token) => new ValueTask(Task.Delay(Timeout.Infinite, token));
        var pool = Make(new() { Size = 2 });
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 5).Select(_ => pool.LeaseAsync(Second).AsTask())];
        await Eventually.UntilAsync(() => _policy.Attempts == 2);

        _time.Advance(Second);

        foreach (var waiter in waiters)
        {
            Assert.That(Assert.ThrowsAsync<PoolTimeoutException>(() => waiter.BoundedAsync())!.Message, Does.Contain("2 being created"));
        }

        await pool.DisposeAsync().AsTask().BoundedAsync();
        Assert.That(_policy.Existing, Is.Zero);
    }

    [Test]
    public async Task Fifty_waiters_of_a_device_that_stays_dead_all_fail_and_it_is_then_tried_by_one_attempt_at_a_time()
    {
        await using var pool = Make(new() { Size = 5 });
        await pool.StartAsync().BoundedAsync();
        var leases = new List<WorkerLease<TestWorker>>();
        for (var i = 0; i < 5; i++)
        {
            leases.Add(await pool.LeaseAsync().BoundedAsync());
        }

        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 50).Select(_ => pool.LeaseAsync().AsTask())];
        _policy.OnCreate = static (_, _) => throw new IOException("no route to host");
        foreach (var lease in leases)
        {
            lease.MarkBroken();
            lease.Dispose();
        }

        await AdvanceUntilAsync(pool, () => Array.TrueForAll(waiters, static waiter => waiter.IsCompleted));
        foreach (var waiter in waiters)
        {
            Assert.That(Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync())!.InnerException, Has.Message.EqualTo("no route to host"));
        }

        await Eventually.UntilAsync(() => pool.GetStatistics() is { RetryAfter: not null, Creating: 0 });
        Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync());
        _policy.OnCreate = null;
        var before = _policy.Attempts;
        var connected = new TaskCompletionSource();
        _policy.OnCreate = (_, _) => new ValueTask(connected.Task);
        await AdvanceUntilAsync(pool, () => _policy.Attempts > before);
        Assert.That(pool.GetStatistics().Creating, Is.EqualTo(1));
        connected.SetResult();
        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == 5);
    }

    [Test]
    public async Task Workers_killed_while_idle_busy_and_in_validation_are_replaced_and_their_requests_served()
    {
        await using var pool = Make(new() { Size = 3 });
        await pool.StartAsync().BoundedAsync();
        var busy = await pool.LeaseAsync().BoundedAsync();
        var checking = new TaskCompletionSource<bool>();
        TestWorker? validated = null;
        _policy.OnValidate = worker =>
        {
            validated = worker;
            _policy.OnValidate = null;
            return new ValueTask<bool>(checking.Task);
        };
        var inValidation = pool.LeaseAsync().AsTask();
        var idle = _policy.Created.Single(worker => worker != busy.Worker && worker != validated);
        TestWorker[] killed = [idle, busy.Worker, validated!];

        foreach (var worker in killed)
        {
            worker.Broken = true;
        }

        checking.SetException(new IOException("connection reset"));
        var own = await inValidation.BoundedAsync();
        busy.MarkBroken();
        busy.Dispose();
        using var one = await pool.LeaseAsync().BoundedAsync();
        using var other = await pool.LeaseAsync().BoundedAsync();

        Assert.That(killed, Has.No.Member(own.Worker).And.No.Member(one.Worker).And.No.Member(other.Worker));
        own.Dispose();
        await Eventually.UntilAsync(() => _policy.Destroyed.Count == 3 && pool.GetStatistics() is { Live: 3, Broken: 3 });
        Assert.That(_policy.MostExisting, Is.EqualTo(3));
    }

    private WorkerPool<TestWorker> Make(WorkerPoolOptions options) => new(_policy, options with { TimeProvider = _time });

    /// <summary>Lets attempts be repeated, a round only after the last one has ended.</summary>
    private Task AdvanceUntilAsync(WorkerPool<TestWorker> pool, Func<bool> condition) => Eventually.UntilAsync(() =>
    {
        if (!condition() && pool.GetStatistics() is { RetryAfter: not null, Creating: 0 })
        {
            _time.Advance(30 * Second);
        }

        return condition();
    });
}
