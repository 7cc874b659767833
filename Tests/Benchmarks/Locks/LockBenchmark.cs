using System.Globalization;

namespace Connections.Benchmarks.Locks;

/// <summary>Entering and leaving <see cref="Connections.Locking.ReentrantAsyncLock"/>, beside other locks.</summary>
internal static class LockBenchmark
{
    private const int FreeOperations = 1_000_000;
    private const int ContendedOperations = 100_000;

    /// <summary>Measures and writes the tables; the checklist holds the numbers that are to be reached.</summary>
    public static async Task<Checklist> RunAsync(TextWriter output)
    {
        Candidate[] candidates =
        [
            new ReentrantAsyncLockCandidate(),
            new LeastAmbientLockCandidate(),
            new SemaphoreCandidate(),
            new ConcurrencyLimiterCandidate(),
            new SynchronousReentrantAsyncLockCandidate(),
            new MonitorCandidate(),
            new LockCandidate(),
        ];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Enter and leave, median of {Comparison.Rounds} interleaved rounds, {Environment.ProcessorCount} processors; ratio: ReentrantAsyncLock to it; the last three block threads"));

        var checklist = new Checklist();
        await CompareFreeAsync(output, candidates, checklist);
        await CompareNestedAsync(output, [.. candidates.OfType<ReentrantCandidate>()], checklist);
        foreach (var tasks in new[] { 2, 8 })
        {
            await CompareContendedAsync(output, candidates, tasks, checklist);
        }

        return checklist;
    }

    private static async Task CompareFreeAsync(TextWriter output, Candidate[] candidates, Checklist checklist)
    {
        var free = await CompareAsync(output, "uncontended", candidates, static candidate => FreeAsync(candidate.UseAsync));
        checklist.AtMost(5, "x", "uncontended, beside SemaphoreSlim", free.RatioTo(SemaphoreCandidate.Title));
        checklist.AtMost(260, "B", "uncontended", free.Own.Bytes);
    }

    private static async Task CompareNestedAsync(TextWriter output, ReentrantCandidate[] candidates, Checklist checklist)
    {
        var nested = await CompareAsync(output, "again, inside", candidates, static candidate => FreeAsync(candidate.NestAsync));
        checklist.AtMost(340, "B", "again, inside", nested.Own.Bytes);
    }

    private static async Task CompareContendedAsync(TextWriter output, Candidate[] candidates, int tasks, Checklist checklist)
    {
        var load = $"{tasks} tasks that yield while they hold";
        var contended = await CompareAsync(
            output, load, candidates, candidate => Measurement.ContendedAsync(candidate.HoldAsync, tasks, ContendedOperations));
        checklist.AtMost(1.2, "x", $"{load}, beside SemaphoreSlim", contended.RatioTo(SemaphoreCandidate.Title));
    }

    // An execution context that carries values already would cost more, because each change of one value copies the others.
    private static Task<Measurement> FreeAsync(Func<int, Task> use)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => Measurement.FreeAsync(use, FreeOperations));
        }
    }

    private static Task<Comparison> CompareAsync<T>(
        TextWriter output, string load, T[] candidates, Func<T, Task<Measurement>> measure)
        where T : Candidate =>
        Comparison.RunAsync(
            output, load, [.. candidates.Select(candidate => (candidate.Name, (Func<Task<Measurement>>)(() => measure(candidate))))]);
}
