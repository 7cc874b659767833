using System.Globalization;

namespace Connections.Benchmarks.Pools;

/// <summary>Lease and return, beside what people use instead of a pool.</summary>
internal static class PoolBenchmark
{
    private const int FreeOperations = 1_000_000;
    private const int ContendedOperations = 100_000;
    private const int FairnessTasks = 64;

    /// <summary>Measures and writes the tables; the checklist holds the numbers that are to be reached.</summary>
    public static async Task<Checklist> RunAsync(TextWriter output)
    {
        Candidate[] candidates = [await WorkerPoolCandidate.StartAsync(), new ChannelCandidate(), new SemaphoreCandidate(), new ConcurrencyLimiterCandidate()];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Lease and return, {Candidate.Workers} workers, median of {Comparison.Rounds} interleaved rounds, {Environment.ProcessorCount} processors; ratio: WorkerPool to it"));

        var free = await CompareAsync(
            output, "free, one task", candidates, static candidate => Measurement.FreeAsync(candidate.UseAsync, FreeOperations));
        foreach (var tasks in new[] { 2, 8, 64 })
        {
            await CompareAsync(
                output,
                $"{tasks} tasks that yield while they hold",
                candidates,
                candidate => Measurement.ContendedAsync(times => candidate.HoldAsync(times, WaitLog.None), tasks, ContendedOperations));
        }

        await WriteFairnessAsync(output, candidates);

        var checklist = new Checklist();
        checklist.AtMost(120, "ns", "lease and return, a worker free", free.Own.Nanoseconds);
        checklist.AtMost(0, "B", "lease and return, a worker free", free.Own.Bytes);
        return checklist;
    }

    private static async Task WriteFairnessAsync(TextWriter output, Candidate[] candidates)
    {
        var unfairness = candidates.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                unfairness[i].Add(await MeasureFairnessAsync(candidates[i]));
            }
        }

        await output.WriteLineAsync($"\n{$"fairness, {FairnessTasks} tasks",-36}{"longest wait over mean, median of rounds",41}");
        for (var i = 0; i < candidates.Length; i++)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {candidates[i].Name,-34}{unfairness[i].Order().ElementAt(Comparison.Rounds / 2),9:0.0}"));
        }
    }

    private static async Task<double> MeasureFairnessAsync(Candidate candidate)
    {
        WaitLog[] logs = [.. Enumerable.Range(0, FairnessTasks).Select(static _ => new WaitLog(isKept: true))];
        await Task.WhenAll(logs.Select(log => Task.Run(() => candidate.HoldAsync(ContendedOperations / FairnessTasks, log))));
        return WaitLog.Unfairness(logs);
    }

    private static Task<Comparison> CompareAsync(
        TextWriter output, string load, Candidate[] candidates, Func<Candidate, Task<Measurement>> measure) =>
        Comparison.RunAsync(
            output, load, [.. candidates.Select(candidate => (candidate.Name, (Func<Task<Measurement>>)(() => measure(candidate))))]);
}
