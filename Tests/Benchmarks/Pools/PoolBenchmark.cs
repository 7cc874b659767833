using System.Diagnostics;
using System.Globalization;

namespace Connections.Benchmarks.Pools;

/// <summary>
/// Lease and return, beside what people use instead of a pool. The candidates take turns within each round, so that a busy
/// machine disturbs all of them alike, and the median of the rounds is told.
/// </summary>
/// <remarks>
/// Not BenchmarkDotNet: a contended run needs many tasks on one pool for a fixed number of operations, and candidates that
/// alternate in one process.
/// </remarks>
internal static class PoolBenchmark
{
    private const int Rounds = 15;
    private const int FreeOperations = 1_000_000;
    private const int ContendedOperations = 100_000;

    public static async Task RunAsync(TextWriter output)
    {
        Candidate[] candidates = [await WorkerPoolCandidate.StartAsync(), new ChannelCandidate(), new SemaphoreCandidate()];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Lease and return, {Candidate.Workers} workers, median of {Rounds} interleaved rounds, {Environment.ProcessorCount} processors; ratio: WorkerPool to it"));

        await ReportAsync(output, "free, one task", candidates, static candidate => FreeAsync(candidate));
        foreach (var tasks in new[] { 2, 8, 64 })
        {
            await ReportAsync(output, $"{tasks} tasks that yield while they hold", candidates, candidate => ContendedAsync(candidate, tasks));
        }
    }

    private static async Task ReportAsync(TextWriter output, string load, Candidate[] candidates, Func<Candidate, Task<Sample>> measure)
    {
        // Long enough for the methods to reach their last tier of compilation.
        for (var i = 0; i < 3; i++)
        {
            foreach (var candidate in candidates)
            {
                await measure(candidate);
            }
        }

        var samples = candidates.ToDictionary(static candidate => candidate, static _ => new List<Sample>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var candidate in candidates)
            {
                samples[candidate].Add(await measure(candidate));
            }
        }

        var own = Median(samples[candidates[0]], static sample => sample.Nanoseconds);
        await output.WriteLineAsync($"\n{load,-36}{"ns/op",9}{"min",9}{"B/op",9}{"ratio",9}");
        foreach (var candidate in candidates)
        {
            var nanoseconds = Median(samples[candidate], static sample => sample.Nanoseconds);
            var bytes = Median(samples[candidate], static sample => sample.Bytes);
            var least = samples[candidate].Min(static sample => sample.Nanoseconds);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {candidate.Name,-34}{nanoseconds,9:0.0}{least,9:0.0}{bytes,9:0.0}{own / nanoseconds,9:0.00}"));
        }
    }

    private static async Task<Sample> FreeAsync(Candidate candidate)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        var use = candidate.UseAsync(FreeOperations);
        var took = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (!use.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException($"{candidate.Name} waited although its workers were free.");
        }

        await use;
        return Sample.Of(took, bytes, FreeOperations);
    }

    private static async Task<Sample> ContendedAsync(Candidate candidate, int tasks)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => Task.Run(() => candidate.HoldAsync(ContendedOperations / tasks))));
        var took = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return Sample.Of(took, bytes, ContendedOperations);
    }

    private static double Median(IEnumerable<Sample> samples, Func<Sample, double> value) =>
        samples.Select(value).Order().ElementAt(Rounds / 2);

    private readonly record struct Sample(double Nanoseconds, double Bytes)
    {
        public static Sample Of(TimeSpan took, long bytes, int operations) =>
            new(took.TotalNanoseconds / operations, (double)bytes / operations);
    }
}
