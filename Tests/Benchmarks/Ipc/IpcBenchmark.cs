using System.Globalization;
using Connections.Benchmarks.Ipc.Calls;
using Connections.Benchmarks.Ipc.Killing;
using Connections.Benchmarks.Snmp;

namespace Connections.Benchmarks.Ipc;

/// <summary>What processes of one machine share: its locks, free, and fought over by two processes on processors of their own; their calls; and their deaths.</summary>
internal static class IpcBenchmark
{
    private const int FreeOperations = 200_000;
    private const int ContendedOperations = 20_000;

    private static readonly string[] Names = ["HybridLock", "named Mutex", "flock", "POSIX semaphore"];

    /// <summary>Measures and writes the tables; the checklist holds the numbers that are to be reached.</summary>
    public static async Task<Checklist> RunAsync(TextWriter output)
    {
        var name = $"connections-benchmark-{Environment.ProcessId}";
        await using var first = ChildProcess.Start(Processors.ForClient, "ipc-player", name);
        await using var second = ChildProcess.Start(Processors.ForAgent, "ipc-player", name);
        await first.ReadAsync();
        await second.ReadAsync();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Enter and leave, median of {Comparison.Rounds} interleaved rounds; processes on processors {Processors.ForClient} and {Processors.ForAgent}; ratio: HybridLock to it"));

        var free = await CompareAsync(output, "machine-wide locks, uncontended", async index =>
        {
            await first.WriteAsync($"{index} {FreeOperations}");
            return await TimeOfAsync(first) / FreeOperations;
        });
        await CompareAsync(output, "the same, two processes at once", async index =>
        {
            await first.WriteAsync($"{index} {ContendedOperations}");
            await second.WriteAsync($"{index} {ContendedOperations}");

            // Of the time of the slower one: until then both had their entries.
            return Math.Max(await TimeOfAsync(first), await TimeOfAsync(second)) / (2 * ContendedOperations);
        });

        var checklist = new Checklist();
        checklist.AtMost(40, "ns", "machine-wide lock, uncontended", free.Own.Nanoseconds);

        // The same on a machine where a named Mutex takes 181 ns.
        checklist.AtMost(0.22, "x", "machine-wide lock, uncontended: time beside a named Mutex", free.RatioTo("named Mutex"));
        await CallBenchmark.RunAsync(output, checklist);
        await KillBenchmark.RunAsync(output, checklist);
        return checklist;
    }

    private static Task<Comparison> CompareAsync(TextWriter output, string load, Func<int, Task<double>> measure) => Comparison.RunAsync(
        output,
        load,
        [.. Names.Select((name, index) => (name, (Func<Task<Measurement>>)(async () => new Measurement(await measure(index), 0))))]);

    private static async Task<double> TimeOfAsync(ChildProcess player) => double.Parse(await player.ReadAsync(), CultureInfo.InvariantCulture);
}
