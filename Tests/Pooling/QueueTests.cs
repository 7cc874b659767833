namespace Connections.Pooling.Tests;

public class QueueTests
{
    [Test]
    public async Task Fifty_waiters_are_served_in_order_when_every_third_is_cancelled()
    {
        var policy = new TestPolicy();
        await using WorkerPool<TestWorker> pool = await StartedAsync(policy, 2);
        WorkerLease<TestWorker>[] held = [await pool.LeaseAsync().BoundedAsync(), await pool.LeaseAsync().BoundedAsync()];
        using var cancelled = new CancellationTokenSource();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 50)
            .Select(i => pool.LeaseAsync(i % 3 == 1 ? cancelled.Token : default).AsTask())];

        await cancelled.CancelAsync();
        var order = new List<long>();
        Queue<WorkerLease<TestWorker>> out_ = new(held);
        foreach (Task<WorkerLease<TestWorker>> waiter in waiters.Where((_, i) => i % 3 != 1))
        {
            out_.Dequeue().Dispose();
            WorkerLease<TestWorker> lease = await waiter.BoundedAsync();
            order.Add(lease.Ticket);
            out_.Enqueue(lease);
        }

        foreach (WorkerLease<TestWorker> lease in out_)
            lease.Dispose();
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 50).Where(i => i % 3 != 1).Select(i => i + 3L)));
        Assert.That(waiters.Where((_, i) => i % 3 == 1), Has.All.Matches<Task>(task => task.IsCanceled));
        Assert.That(pool.GetStatistics(), Has.Property("Idle").EqualTo(2).And.Property("Waiting").Zero);
    }

    [Test]
    public async Task Fifty_waiters_are_served_in_order_while_every_worker_dies()
    {
        var policy = new TestPolicy();
        await using WorkerPool<TestWorker> pool = await StartedAsync(policy, 1);
        WorkerLease<TestWorker> held = await pool.LeaseAsync().BoundedAsync();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 50).Select(_ => pool.LeaseAsync().AsTask())];

        var order = new List<long>();
        var workers = new HashSet<int>();
        foreach (Task<WorkerLease<TestWorker>> waiter in waiters)
        {
            held.MarkBroken();
            held.Dispose();
            held = await waiter.BoundedAsync();
            order.Add(held.Ticket);
            workers.Add(held.Worker.Id);
        }

        held.Dispose();
        Assert.That(order, Is.EqualTo(Enumerable.Range(2, 50)));
        Assert.That(workers, Has.Count.EqualTo(50));
        Assert.That(pool.GetStatistics().Broken, Is.EqualTo(50));
    }

    private static async Task<WorkerPool<TestWorker>> StartedAsync(TestPolicy policy, int size)
    {
        var pool = new WorkerPool<TestWorker>(policy, new WorkerPoolOptions { Size = size });
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
