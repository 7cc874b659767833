namespace Connections.Pooling.Tests;

// Beside other fixtures the collector and the compiler would be busy, not this thread; alone the figure is exact.
[NonParallelizable]
public class AllocationTests
{
    private const int Rounds = 100_000;

    [Test]
    public async Task Leasing_and_returning_a_free_worker_allocates_nothing()
    {
        await using var pool = new WorkerPool<object>(new SimplePolicy(), new WorkerPoolOptions { Size = 2, Timeout = TimeSpan.FromMinutes(1) });
        await pool.StartAsync().BoundedAsync();
        using var cancellation = new CancellationTokenSource();
        LeaseAndReturn(pool, cancellation.Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        LeaseAndReturn(pool, cancellation.Token);
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(after - before, Is.Zero);
    }

    private static void LeaseAndReturn(WorkerPool<object> pool, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var task = pool.LeaseAsync(cancellationToken);
            if (!task.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("A free worker is leased at once.");
            }

            using var lease = task.Result;
            GC.KeepAlive(lease.Worker);
        }
    }

    private sealed class SimplePolicy : IWorkerPolicy<object>
    {
        public ValueTask<object> CreateAsync(CancellationToken cancellationToken) => new(new object());

        public ValueTask<bool> ValidateAsync(object worker, CancellationToken cancellationToken) => new(true);

        public ValueTask<bool> ResetAsync(object worker, CancellationToken cancellationToken) => new(true);

        public ValueTask DestroyAsync(object worker) => ValueTask.CompletedTask;
    }
}
