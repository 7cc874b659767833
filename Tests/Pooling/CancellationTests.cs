namespace Connections.Pooling.Tests;

public class CancellationTests
{
    [Test]
    public async Task A_cancelled_waiter_gets_the_callers_token_back()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        using var held = await pool.LeaseAsync().BoundedAsync();
        using var cancelled = new CancellationTokenSource();
        var waiter = pool.LeaseAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        var error = Assert.CatchAsync<OperationCanceledException>(() => waiter.BoundedAsync())!;
        Assert.That(error.CancellationToken, Is.EqualTo(cancelled.Token));
        Assert.That(pool.GetStatistics().Waiting, Is.Zero);
    }

    [Test]
    public async Task A_token_cancelled_beforehand_takes_neither_ticket_nor_worker()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());

        Assert.CatchAsync<OperationCanceledException>(() => pool.LeaseAsync(new CancellationToken(true)).BoundedAsync());

        using var lease = await pool.LeaseAsync().BoundedAsync();
        Assert.That(lease.Ticket, Is.EqualTo(1));
    }

    [Test]
    public async Task Cancelling_after_the_grant_changes_nothing()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        using var cancelled = new CancellationTokenSource();
        var waiter = pool.LeaseAsync(cancelled.Token);
        held.Dispose();

        await cancelled.CancelAsync();

        using var lease = await waiter.BoundedAsync();
        Assert.That(lease.Ticket, Is.EqualTo(2));
    }

    [Test]
    public async Task Cancelling_does_not_abort_a_creation_that_others_wait_for()
    {
        var connected = new TaskCompletionSource();
        CancellationToken given = default;
        var policy = new TestPolicy
        {
            OnCreate = (_, token) =>
            {
                given = token;
                return new ValueTask(connected.Task.WaitAsync(token));
            },
        };
        await using var pool = Pools.Make(policy);
        using var cancelled = new CancellationTokenSource();
        var first = pool.LeaseAsync(cancelled.Token).AsTask();
        var second = pool.LeaseAsync().AsTask();
        await Eventually.UntilAsync(() => policy.Attempts == 1);

        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => first.BoundedAsync());
        Assert.That(given.IsCancellationRequested, Is.False);
        connected.SetResult();

        using var lease = await second.BoundedAsync();
        Assert.That(policy.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_creation_whose_requester_gave_up_leaves_an_idle_worker()
    {
        var connected = new TaskCompletionSource();
        var policy = new TestPolicy { OnCreate = (_, _) => new ValueTask(connected.Task) };
        await using var pool = Pools.Make(policy);
        using var cancelled = new CancellationTokenSource();
        var only = pool.LeaseAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => only.BoundedAsync());

        connected.SetResult();

        await Eventually.UntilAsync(() => pool.GetStatistics() is { Idle: 1, Creating: 0 });
    }

    [Test]
    public async Task A_hundred_thousand_races_of_cancel_and_return_lose_no_worker()
    {
        const int Rounds = 100_000;
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, 2);
        using var start = new Barrier(2);
        var source = new CancellationTokenSource();
        WorkerLease<TestWorker> held = default;
        var headStart = 0;
        var canceller = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    start.SignalAndWait();
                    Thread.SpinWait(Math.Max(-headStart, 0));
                    source.Cancel();
                    start.SignalAndWait();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var granted = 0;
        var returner = Task.Factory.StartNew(
            () =>
            {
                var other = pool.LeaseAsync().AsTask().GetAwaiter().GetResult();
                for (var i = 0; i < Rounds; i++)
                {
                    held = pool.LeaseAsync().AsTask().GetAwaiter().GetResult();
                    var waiter = pool.LeaseAsync(source.Token).AsTask();
                    start.SignalAndWait();

                    Thread.SpinWait(Math.Max(headStart, 0));
                    held.Dispose();
                    start.SignalAndWait();

                    // Whoever won starts a little later the next time, so that both win often however the threads are scheduled.
                    var won = Outcome(waiter);
                    granted += won;
                    headStart = Math.Clamp(headStart + (won == 1 ? 8 : -8), -4_000, 4_000);
                    source.Dispose();
                    source = new CancellationTokenSource();
                }

                other.Dispose();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(canceller, returner).WaitAsync(TimeSpan.FromSeconds(240));
        source.Dispose();

        var end = pool.GetStatistics();
        Assert.That(granted, Is.InRange(1, Rounds - 1), "Both sides must win some races.");
        Assert.That(end, Has.Property("Idle").EqualTo(2).And.Property("Busy").Zero.And.Property("Waiting").Zero);
        Assert.That(end.Served, Is.EqualTo(Rounds + 1 + granted));
        Assert.That(policy.Attempts, Is.EqualTo(2));

        static int Outcome(Task<WorkerLease<TestWorker>> waiter)
        {
            try
            {
                waiter.GetAwaiter().GetResult().Dispose();
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }
    }
}
