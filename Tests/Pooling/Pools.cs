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
            Governor = time is null ? null : Patient(time),
            TimeProvider = time ?? TimeProvider.System,
        });

    /// <summary>A governor that sets no timers for attempts, so that a test may count those that are left.</summary>
    public static ConnectGovernor Patient(FakeTime time) =>
        new(new ConnectGovernorOptions { Device = "r1", AttemptTimeout = Timeout.InfiniteTimeSpan, TimeProvider = time });

    public static async Task<WorkerPool<TestWorker>> StartAsync(TestPolicy policy, int size = 1, FakeTime? time = null)
    {
        var pool = Make(policy, size, time);
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
