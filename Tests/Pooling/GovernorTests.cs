namespace Connections.Pooling.Tests;

/// <summary>How connecting spares a device.</summary>
public class GovernorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private FakeTime _time = null!;
    private int _attempts;

    [SetUp]
    public void SetUp() => (_time, _attempts) = (new FakeTime(), 0);

    [Test]
    public async Task No_more_attempts_than_allowed_are_under_way_over_all_pools_of_a_device()
    {
        var connected = new TaskCompletionSource();
        var governor = Make(new() { MaxConcurrentConnects = 2 });
        var policy = new TestPolicy { OnCreate = (_, _) => new ValueTask(connected.Task) };
        await using var one = Pool(policy, governor, size: 3);
        await using var other = Pool(policy, governor, size: 3);
        Task[] starts = [one.StartAsync(), other.StartAsync()];
        await Eventually.UntilAsync(() => policy.Attempts == 2);
        Assert.That(one.GetStatistics().Creating + other.GetStatistics().Creating, Is.EqualTo(6));

        connected.SetResult();

        await Task.WhenAll(starts).BoundedAsync();
        Assert.That(policy.Attempts, Is.EqualTo(6));
    }

    [Test]
    public async Task Attempts_beyond_the_allowed_number_wait_their_turn()
    {
        var connected = new TaskCompletionSource();
        var governor = Make(new() { MaxConcurrentConnects = 2 });
        Task[] attempts = [.. Enumerable.Range(0, 3).Select(_ => AttemptAsync(governor, connected.Task))];
        Assert.That(_attempts, Is.EqualTo(2));
        using var cancelled = new CancellationTokenSource();
        var late = governor.AttemptAsync(static (_, _) => new ValueTask<int>(0), 0, cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => late.BoundedAsync());
        connected.SetResult();

        await Task.WhenAll(attempts).BoundedAsync();
        Assert.That(_attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task Delays_double_and_vary_at_random_up_to_their_limit()
    {
        var delays = new List<TimeSpan>();
        var governor = Make(new() { RetryDelay = Second, MaxRetryDelay = 10 * Second, Random = new Chance(0.5), BreakAfter = 100 });

        var connecting = governor.ConnectAsync(
            (_, _) => ++_attempts < 7 ? throw new IOException() : new ValueTask<int>(42), 0, onFailure: (_, delay) => delays.Add(delay)).AsTask();
        await AdvanceUntilAsync(() => connecting.IsCompleted);

        Assert.That(await connecting, Is.EqualTo(42));
        Assert.That(delays, Has.Count.EqualTo(6).And.All.LessThanOrEqualTo(10 * Second));
        Assert.That(delays[5], Is.EqualTo(10 * Second));
        Assert.That(delays[0], Is.EqualTo(Second).Within(Second / 2));
        Assert.That(delays[2] / delays[1], Is.InRange(1.5, 2.5));
    }

    [Test]
    public async Task The_last_error_passes_through_when_the_attempts_are_used_up()
    {
        var governor = Make(new());

        var connecting = governor.ConnectAsync<int, int>(
            (_, _) => throw new IOException($"attempt {++_attempts}"), 0, maxAttempts: 3).AsTask();
        await AdvanceUntilAsync(() => connecting.IsCompleted);

        Assert.That(Assert.ThrowsAsync<IOException>(() => connecting.BoundedAsync())!.Message, Is.EqualTo("attempt 3"));
    }

    [Test]
    public async Task Cancelling_ends_the_delay_before_the_next_attempt()
    {
        using var cancelled = new CancellationTokenSource();
        var connecting = Make(new()).ConnectAsync<int, int>(
            (_, _) => throw new IOException($"attempt {++_attempts}"), 0, cancellationToken: cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        Assert.CatchAsync<OperationCanceledException>(() => connecting.BoundedAsync());
        Assert.That(_attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task An_open_breaker_refuses_with_the_last_error_and_lets_one_attempt_through_in_the_end()
    {
        var log = new RecordedLog();
        var governor = Make(new() { Device = "r1", BreakAfter = 2, BreakTime = 20 * Second, Logger = log });
        Fail(governor);
        Fail(governor);
        Assert.That(governor.IsOpen, Is.True);
        _time.Advance(5 * Second);

        var refusal = Assert.ThrowsAsync<ConnectFailedException>(() => AttemptAsync(governor, Task.CompletedTask))!;

        Assert.That(refusal.RetryAfter, Is.EqualTo(15 * Second));
        Assert.That(refusal.InnerException, Is.TypeOf<IOException>());
        Assert.That(refusal.Message, Does.Contain("device 'r1'").And.Contain("connection refused"));
        Assert.That(refusal.Device, Is.EqualTo("r1"));
        Assert.That(_attempts, Is.EqualTo(2));

        _time.Advance(15 * Second);
        var connected = new TaskCompletionSource();
        var trial = AttemptAsync(governor, connected.Task);
        var beside = Assert.ThrowsAsync<ConnectFailedException>(() => AttemptAsync(governor, Task.CompletedTask))!;
        Assert.That(beside.RetryAfter, Is.EqualTo(governor.Options.RetryDelay));
        connected.SetResult();
        await trial.BoundedAsync();
        Assert.That(governor.IsOpen, Is.False);
        await AttemptAsync(governor, Task.CompletedTask);
        Assert.That(log.Messages, Is.EqualTo(new[]
        {
            "Too many attempts to connect to device 'r1' failed; none is made for 20 s", "Connecting to device 'r1' succeeds again",
        }));
    }

    [Test]
    public async Task Attempts_that_an_open_breaker_refuses_are_repeated_when_it_lets_one_through()
    {
        var delays = new List<TimeSpan>();
        var governor = Make(new() { BreakAfter = 2, BreakTime = 20 * Second });
        Fail(governor);
        Fail(governor);

        var connecting = governor.ConnectAsync(
            static (_, _) => new ValueTask<int>(42), 0, onFailure: (_, delay) => delays.Add(delay)).AsTask();
        await AdvanceUntilAsync(() => connecting.IsCompleted);

        Assert.That(await connecting, Is.EqualTo(42));
        Assert.That(delays, Is.EqualTo(new[] { 20 * Second }));
    }

    [Test]
    public async Task A_success_or_a_cancelled_attempt_among_failures_keeps_the_breaker_closed()
    {
        var governor = Make(new() { BreakAfter = 3 });
        using var cancelled = new CancellationTokenSource();
        Fail(governor);
        await AttemptAsync(governor, Task.CompletedTask);
        for (var i = 0; i < 5; i++)
        {
            Fail(governor);
        }

        Assert.That(governor.IsOpen, Is.False);

        governor = Make(new() { BreakAfter = 2 });
        var attempt = governor.AttemptAsync(static async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }, 0, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => attempt.BoundedAsync());
        Fail(governor);
        Assert.That(governor.IsOpen, Is.False);
    }

    [Test]
    public async Task A_breaker_opened_by_one_pool_makes_the_requests_of_another_fail_with_the_cause_and_the_time()
    {
        var governor = Make(new() { BreakAfter = 2, BreakTime = 20 * Second });
        var policy = new TestPolicy { OnCreate = static (_, _) => throw new IOException("connection refused") };
        Fail(governor);
        Fail(governor);
        await using var pool = Pool(policy, governor, size: 2);

        var start = Assert.ThrowsAsync<ConnectFailedException>(() => pool.StartAsync().BoundedAsync())!;
        var lease = Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync())!;

        foreach (var error in new[] { start, lease })
        {
            Assert.That(error.Message, Does.Contain("connection refused").And.Contain("The next attempt is made in 20.0 s."));
            Assert.That(error.InnerException, Is.TypeOf<IOException>());
            Assert.That(error.RetryAfter, Is.EqualTo(20 * Second));
        }

        Assert.That(policy.Attempts, Is.Zero);
        Assert.That(pool.GetStatistics().CreateFailures, Is.Zero);
        _time.Advance(20 * Second);
        policy.OnCreate = null;
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
    }

    // Without a timeout of attempts: the clock of these tests goes on while an attempt is being made.
    private ConnectGovernor Make(ConnectGovernorOptions options) =>
        new(options with { TimeProvider = _time, AttemptTimeout = Timeout.InfiniteTimeSpan });

    private WorkerPool<TestWorker> Pool(TestPolicy policy, ConnectGovernor governor, int size) =>
        new(policy, new WorkerPoolOptions { Size = size, Governor = governor, TimeProvider = _time });

    private Task<int> AttemptAsync(ConnectGovernor governor, Task connected) => governor.AttemptAsync(
        async (task, _) =>
        {
            _attempts++;
            await task;
            return 0;
        },
        connected,
        CancellationToken.None).AsTask();

    private void Fail(ConnectGovernor governor) =>
        Assert.ThrowsAsync<IOException>(() => AttemptAsync(governor, Task.FromException(new IOException("connection refused"))));

    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.UntilAsync(() =>
    {
        if (!condition() && _time.Pending > 0)
        {
            _time.Advance(30 * Second);
        }

        return condition();
    });
}
