namespace Connections.Pooling.Tests;

public class StressTests
{
    [Test]
    public async Task The_size_bound_holds_and_no_worker_is_lost_while_everything_fails_at_random([Values(1, 2, 3, 4)] int seed)
    {
        const int Size = 4, Callers = 24, Rounds = 500;
        var policy = new TestPolicy
        {
            OnCreate = (_, _) => new ValueTask(MaybeYieldAsync(failing: 0.3)),
            OnValidate = _ => Verdict(),
            OnReset = _ => Verdict(),
        };
        await using var pool = new WorkerPool<TestWorker>(policy, new WorkerPoolOptions
        {
            Size = Size,
            MaxCreateFailures = int.MaxValue,
            Governor = new ConnectGovernor(new ConnectGovernorOptions
            {
                RetryDelay = TimeSpan.FromTicks(1),
                MaxRetryDelay = TimeSpan.FromTicks(10),
            }),
        });
        await pool.StartAsync().BoundedAsync();
        var users = 0;
        var mostUsers = 0;
        var served = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(new Random((seed * 1000) + caller)))))
            .WaitAsync(TimeSpan.FromSeconds(120));

        await Eventually.UntilAsync(() => pool.GetStatistics().Idle == Size);
        var end = pool.GetStatistics();
        Assert.That(policy.MostExisting, Is.LessThanOrEqualTo(Size));
        Assert.That(mostUsers, Is.LessThanOrEqualTo(Size));
        Assert.That(end, Has.Property("Waiting").Zero.And.Property("Busy").Zero);
        Assert.That(end.Served, Is.EqualTo(served));
        Assert.That(end.Created - end.Broken, Is.EqualTo(Size));

        async Task CallAsync(Random random)
        {
            for (var i = 0; i < Rounds; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var request = random.Next(4) == 0
                    ? pool.LeaseAsync(TimeSpan.FromMilliseconds(random.Next(3)), cancellation.Token)
                    : pool.LeaseAsync(cancellation.Token);
                if (random.Next(4) == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    await UseAsync(await request, random);
                }
                catch (Exception e) when (e is OperationCanceledException or PoolTimeoutException)
                {
                    // This request's lot; what matters is that the pool is whole at the end.
                }
            }
        }

        async Task UseAsync(WorkerLease<TestWorker> lease, Random random)
        {
            Interlocked.Increment(ref served);
            Raise(Interlocked.Increment(ref users));
            if (random.Next(2) == 0)
            {
                await Task.Yield();
            }

            if (random.Next(20) == 0)
            {
                lease.MarkBroken();
            }

            if (random.Next(2) == 0)
            {
                lease.MarkChanged();
            }

            Assert.That(lease.Worker.Destroyed, Is.False);
            Interlocked.Decrement(ref users);
            lease.Dispose();
        }

        void Raise(int now)
        {
            lock (policy)
            {
                mostUsers = Math.Max(mostUsers, now);
            }
        }
    }

    private static ValueTask<bool> Verdict()
    {
        var chance = Random.Shared.NextDouble();
        if (chance < 0.05)
        {
            return new ValueTask<bool>(false);
        }

        return chance < 0.3 ? new ValueTask<bool>(LaterAsync()) : new ValueTask<bool>(true);

        static async Task<bool> LaterAsync()
        {
            await MaybeYieldAsync(failing: 0.1);
            return true;
        }
    }

    private static async Task MaybeYieldAsync(double failing)
    {
        await Task.Yield();
        if (Random.Shared.NextDouble() < failing)
        {
            throw new IOException("refused");
        }
    }
}
