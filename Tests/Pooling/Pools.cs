namespace Connections.Pooling.Tests;

/// <summary>Pools as most tests want them.</summary>
internal static class Pools
{
    public static WorkerPool<TestWorker> Make(TestPolicy policy, int size = 1, FakeTime? time = null, int maxCreateFailures = 3) =>
        new(policy, new WorkerPoolOptions
        {
            Name = "snmp",
            Device = "r1",
            Size = size,
            MaxCreateFailures = maxCreateFailures,
            TimeProvider = time ?? TimeProvider.System,
        });

    public static async Task<WorkerPool<TestWorker>> StartAsync(TestPolicy policy, int size = 1, FakeTime? time = null)
    {
        var pool = Make(policy, size, time);
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
