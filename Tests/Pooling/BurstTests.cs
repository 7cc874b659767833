using System.Collections.Concurrent;

namespace Connections.Pooling.Tests;

/// <summary>Many requests at once.</summary>
public class BurstTests
{
    [Test]
    public async Task Fifty_bursts_on_five_workers_that_take_150_ms_to_create_are_served_in_order_and_wait_for_one_creation()
    {
        const int Bursts = 50, Size = 5, Requests = 12;
        var creation = TimeSpan.FromMilliseconds(150);
        var time = new FakeTime();
        var policy = new TestPolicy { OnCreate = (_, token) => new ValueTask(Task.Delay(creation, time, token)) };
        await using var pool = Pools.Make(policy, Size, time);
        for (var burst = 0; burst < Bursts; burst++)
        {
            Task<WorkerLease<TestWorker>>[] requests = [.. Enumerable.Range(0, Requests).Select(_ => pool.LeaseAsync().AsTask())];
            await Eventually.UntilAsync(() => time.Pending == Size);
            Assert.That(pool.GetStatistics(), Has.Property("Creating").EqualTo(Size).And.Property("Waiting").EqualTo(Requests));

            time.Advance(creation);

            var order = 0L;
            foreach (var request in requests)
            {
                using var lease = await request.BoundedAsync();
                Assert.That(lease.Ticket, Is.EqualTo(++order + (burst * Requests)));
                Assert.That(lease.GrantOrder, Is.EqualTo(lease.Ticket));
                Assert.That(lease.Queued, Is.EqualTo(creation));
            }

            pool.Clear();
            await Eventually.UntilAsync(() => policy.Destroyed.Count == (burst + 1) * Size && pool.GetStatistics().Live == 0);
        }

        Assert.That(policy.Attempts, Is.EqualTo(Bursts * Size));
        Assert.That(policy.MostExisting, Is.EqualTo(Size));
    }

    [Test]
    public async Task In_a_million_operations_no_worker_is_held_twice_and_none_is_lost()
    {
        const int Operations = 1_000_000, Callers = 16, Size = 5;
        var policy = new TestPolicy();
        await using var pool = new WorkerPool<TestWorker>(
            policy, new WorkerPoolOptions { Size = Size, MaxUses = 10_000, IdleTimeout = TimeSpan.FromMilliseconds(50), MinSize = 2 });
        await pool.StartAsync().BoundedAsync();
        var holders = new ConcurrentDictionary<int, int>();
        var heldTwice = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () => CallAsync(caller), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Unwrap())).WaitAsync(TimeSpan.FromSeconds(240));

        await Eventually.UntilAsync(() => pool.GetStatistics() is { Busy: 0, Creating: 0, Waiting: 0 });
        var end = pool.GetStatistics();
        Assert.That(heldTwice, Is.Zero);
        Assert.That(end.Served, Is.EqualTo(Operations));
        Assert.That(end.Created - end.Retired, Is.EqualTo(end.Live));
        Assert.That(end.Broken, Is.Zero);
        Assert.That(policy.MostExisting, Is.LessThanOrEqualTo(Size));

        async Task CallAsync(int caller)
        {
            var random = new Random(caller);
            for (var i = 0; i < Operations / Callers; i++)
            {
                using var lease = await pool.LeaseAsync();
                var worker = lease.Worker;
                if (!holders.TryAdd(worker.Id, caller) || worker.Destroyed)
                {
                    Interlocked.Increment(ref heldTwice);
                }

                if (random.Next(8) == 0)
                {
                    await Task.Yield();
                }

                holders.TryRemove(worker.Id, out _);
            }
        }
    }
}
