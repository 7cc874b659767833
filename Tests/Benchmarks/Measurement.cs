using System.Diagnostics;

namespace Connections.Benchmarks;

/// <summary>What one operation cost.</summary>
internal readonly record struct Measurement(double Nanoseconds, double Bytes)
{
    /// <summary>Times a loop that must not wait, because it has nothing to wait for.</summary>
    public static async Task<Measurement> FreeAsync(Func<int, Task> use, int operations)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        var task = use(operations);
        var took = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (!task.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The loop waited, or failed, although nobody contended with it.", task.Exception);
        }

        await task;
        return Of(took, bytes, operations);
    }

    /// <summary>Times loops that run at once, each with its share of the operations.</summary>
    public static async Task<Measurement> ContendedAsync(Func<int, Task> use, int tasks, int operations)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => Task.Run(() => use(operations / tasks))));
        var took = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return Of(took, bytes, operations);
    }

    private static Measurement Of(TimeSpan took, long bytes, int operations) =>
        new(took.TotalNanoseconds / operations, (double)bytes / operations);
}
