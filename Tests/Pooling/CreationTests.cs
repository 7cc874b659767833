namespace Connections.Pooling.Tests;

public class CreationTests
{
    [Test]
    public async Task A_start_creates_all_workers_side_by_side()
    {
        var all = new TaskCompletionSource();
        var under = 0;
        var policy = new TestPolicy
        {
            OnCreate = (_, _) =>
            {
                if (Interlocked.Increment(ref under) == 5)
                {
                    all.SetResult();
                }

                return new ValueTask(all.Task);
            },
        };
        await using var pool = Pools.Make(policy, 5);

        await pool.StartAsync().BoundedAsync();

        Assert.That(pool.GetStatistics(), Has.Property("Idle").EqualTo(5).And.Property("Created").EqualTo(5));
    }

    [Test]
    public async Task A_start_where_some_connect_succeeds_and_the_rest_is_tried_again()
    {
        var time = new FakeTime();
        var policy = new TestPolicy { OnCreate = static (attempt, _) => attempt is 2 or 4 ? throw new IOException("refused") : default };
        await using var pool = Pools.Make(policy, 4, time);

        await pool.StartAsync().BoundedAsync();

        Assert.That(pool.GetStatistics(), Has.Property("Live").EqualTo(2).And.Property("Creating").Zero);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.UntilAsync(() => pool.GetStatistics().Live == 4);
        Assert.That(policy.Attempts, Is.EqualTo(6));
    }

    [Test]
    public async Task A_start_where_none_connects_fails_with_the_last_error_after_the_allowed_failures_and_may_be_repeated()
    {
        var time = new FakeTime();
        var policy = new TestPolicy { OnCreate = static (_, _) => throw new IOException("connection refused") };
        await using var pool = Pools.Make(policy, 2, time);
        var start = pool.StartAsync();
        await AdvanceUntilAsync(pool, time, () => start.IsCompleted);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => start.BoundedAsync())!;
        Assert.That(error.Message, Does.Contain("pool 'snmp' of device 'r1'").And.Contain("connection refused"));
        Assert.That(error.InnerException, Is.TypeOf<IOException>());
        Assert.That(policy.Attempts, Is.EqualTo(6));
        Assert.That(time.Pending, Is.Zero);

        policy.OnCreate = null;
        await pool.StartAsync().BoundedAsync();
        Assert.That(pool.GetStatistics().Live, Is.EqualTo(2));
    }

    [Test]
    public async Task Waiters_fail_once_none_is_alive_and_creation_failed_too_often()
    {
        var time = new FakeTime();
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, 2, time);
        var one = await pool.LeaseAsync().BoundedAsync();
        var other = await pool.LeaseAsync().BoundedAsync();
        policy.OnCreate = static (_, _) => throw new IOException("unreachable");
        Task<WorkerLease<TestWorker>>[] waiters = [pool.LeaseAsync().AsTask(), pool.LeaseAsync().AsTask(), pool.LeaseAsync().AsTask()];

        one.MarkBroken();
        one.Dispose();
        for (var i = 0; i < 5; i++)
        {
            await NextRoundAsync(time, policy);
        }

        Assert.That(waiters, Has.None.Matches<Task>(static task => task.IsCompleted), "A worker is alive: nobody fails.");

        other.MarkBroken();
        other.Dispose();
        await AdvanceUntilAsync(pool, time, () => waiters.All(static task => task.IsCompleted));

        foreach (var waiter in waiters)
        {
            Assert.That(Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync())!.InnerException, Is.TypeOf<IOException>());
        }
    }

    [Test]
    public async Task A_newcomer_to_a_pool_that_cannot_connect_fails_at_once_and_is_served_after_recovery()
    {
        var time = new FakeTime();
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, time: time);
        policy.OnCreate = static (_, _) => throw new IOException("unreachable");
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();
        held.MarkBroken();
        held.Dispose();
        await AdvanceUntilAsync(pool, time, () => waiter.IsCompleted);
        Assert.ThrowsAsync<ConnectFailedException>(() => waiter.BoundedAsync());
        await Eventually.UntilAsync(() => time.Pending == 1);

        Assert.ThrowsAsync<ConnectFailedException>(() => pool.LeaseAsync().BoundedAsync());

        policy.OnCreate = null;
        time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == 1);
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
    }

    [Test]
    public async Task Requests_do_not_fail_while_a_first_attempt_may_still_succeed()
    {
        var time = new FakeTime();
        var slow = new TaskCompletionSource();
        var policy = new TestPolicy { OnCreate = (attempt, _) => attempt == 1 ? new ValueTask(slow.Task) : throw new IOException("refused") };
        await using var pool = Pools.Make(policy, 2, time, maxCreateFailures: 2);
        var first = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => policy.Attempts == 1);
        var second = pool.LeaseAsync().AsTask();
        for (var i = 0; i < 4; i++)
        {
            await NextRoundAsync(time, policy);
        }

        Assert.That(first.IsCompleted || second.IsCompleted, Is.False);
        slow.SetResult();

        (await first.BoundedAsync()).Dispose();
        (await second.BoundedAsync()).Dispose();
    }

    [Test]
    public async Task A_pool_that_was_not_started_grows_with_demand()
    {
        var policy = new TestPolicy();
        await using var pool = Pools.Make(policy, 5);
        Assert.That(policy.Attempts, Is.Zero);

        var one = await pool.LeaseAsync().BoundedAsync();
        var other = await pool.LeaseAsync().BoundedAsync();
        one.Dispose();
        other.Dispose();
        (await pool.LeaseAsync().BoundedAsync()).Dispose();

        Assert.That(policy.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_start_waits_for_the_first_attempt_for_each_worker()
    {
        var connected = new TaskCompletionSource();
        var policy = new TestPolicy { OnCreate = (attempt, _) => new ValueTask(attempt == 2 ? connected.Task : Task.CompletedTask) };
        await using var pool = Pools.Make(policy, 2);

        var start = pool.StartAsync();
        await Eventually.UntilAsync(() => pool.GetStatistics().Live == 1);

        Assert.That(start.IsCompleted, Is.False);
        connected.SetResult();
        await start.BoundedAsync();
    }

    [Test]
    public async Task No_worker_is_created_for_a_request_for_which_one_is_being_validated()
    {
        var policy = new TestPolicy();
        await using var pool = Pools.Make(policy, 2);
        (await pool.LeaseAsync().BoundedAsync()).Dispose();
        var verdict = new TaskCompletionSource<bool>();
        policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);

        var request = pool.LeaseAsync().AsTask();

        Assert.That(pool.GetStatistics(), Has.Property("Waiting").EqualTo(1).And.Property("Busy").EqualTo(1).And.Property("Creating").Zero);
        verdict.SetResult(true);
        (await request.BoundedAsync()).Dispose();
    }

    [Test]
    public async Task A_broken_worker_is_replaced_at_once_while_another_waits_for_its_next_attempt()
    {
        var time = new FakeTime();
        var policy = new TestPolicy { OnCreate = static (attempt, _) => attempt == 2 ? throw new IOException("one session too many") : default };
        await using var pool = Pools.Make(policy, 2, time);
        await pool.StartAsync().BoundedAsync();
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();
        Assert.That(time.Pending, Is.EqualTo(1));

        held.MarkBroken();
        held.Dispose();

        (await waiter.BoundedAsync()).Dispose();
        await Eventually.UntilAsync(() => policy.Destroyed.Count == 1);
    }

    [Test]
    public async Task Workers_are_created_outside_the_requesters_execution_context()
    {
        var ambient = new AsyncLocal<string>();
        var seen = "not asked";
        var policy = new TestPolicy
        {
            OnCreate = (_, _) =>
            {
                seen = ambient.Value;
                return default;
            },
        };
        await using var pool = Pools.Make(policy);
        ambient.Value = "the requester's";

        (await pool.LeaseAsync().BoundedAsync()).Dispose();

        Assert.That(seen, Is.Null);
    }

    [Test]
    public async Task Cancelling_a_start_stops_waiting_and_leaves_the_workers_to_come()
    {
        var connected = new TaskCompletionSource();
        await using var pool = Pools.Make(new TestPolicy { OnCreate = (_, _) => new ValueTask(connected.Task) });
        using var cancelled = new CancellationTokenSource();
        var start = pool.StartAsync(cancelled.Token);

        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => start.BoundedAsync());
        connected.SetResult();

        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == 1);
    }

    /// <summary>Waits until a retry is due some time, lets it happen, and waits until it has.</summary>
    private static async Task NextRoundAsync(FakeTime time, TestPolicy policy)
    {
        await Eventually.UntilAsync(() => time.Pending > 0);
        var before = policy.Attempts;
        time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.UntilAsync(() => policy.Attempts > before);
    }

    /// <summary>Lets retries happen, a round only after the last one has ended on all sides.</summary>
    private static Task AdvanceUntilAsync(WorkerPool<TestWorker> pool, FakeTime time, Func<bool> condition) => Eventually.UntilAsync(() =>
    {
        if (condition())
        {
            return true;
        }

        if (time.Pending > 0 && pool.GetStatistics().Creating == 0)
        {
            time.Advance(TimeSpan.FromSeconds(30));
        }

        return false;
    });
}
