using System.Diagnostics;
using System.Globalization;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Mibs;

/// <summary>Loading a large folder of MIB modules, and resolving names both ways, alone and from many threads while modules load.</summary>
internal static class MibBenchmark
{
    private const int Loads = 5;
    private const int Operations = 400_000;
    private const int Threads = 8;
    private const int Sample = 1_000;

    /// <summary>Measures and writes the tables; the checklist holds the numbers that are to be reached.</summary>
    public static async Task<Checklist> RunAsync(TextWriter output)
    {
        using var folder = new LargeFolder();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"MIB modules: {LargeFolder.Modules} of {folder.Octets / 1e6:0.0} MB with {LargeFolder.Names} names, {Environment.ProcessorCount} processors"));
        await MeasureLoadingAsync(output, folder);

        var tree = await new MibLoader().LoadAsync(folder.Path);
        var questions = new Questions(tree, Sample);
        var alone = await CompareAsync(output, "alone", questions, static use => Measurement.FreeAsync(use, Operations));
        var (together, reloads) = await WhileLoadingAsync(folder, () => CompareAsync(
            output, $"{Threads} threads, while modules load", questions, static use => Measurement.ContendedAsync(use, Threads, Operations)));
        await output.WriteLineAsync($"  ({reloads} trees were loaded and published meanwhile, whose memory is in B/op.)");

        var checklist = new Checklist();
        checklist.AtMost(150, "ns", "name to OID", alone[0].Nanoseconds);
        checklist.AtMost(0, "B", "name to OID", alone[0].Bytes);
        checklist.AtMost(200, "ns", "OID to name", alone[2].Nanoseconds);
        checklist.AtMost(questions.BytesOfNames, "B", "OID to name, no more than the name", alone[2].Bytes);
        checklist.AtMost(150, "ns", $"name to OID, {Threads} threads, while modules load", together[0].Nanoseconds);
        checklist.AtMost(200, "ns", $"OID to name, {Threads} threads, while modules load", together[2].Nanoseconds);
        return checklist;
    }

    private static async Task MeasureLoadingAsync(TextWriter output, LargeFolder folder)
    {
        var (first, again, changed) = (new List<double>(), new List<double>(), new List<double>());
        var memory = 0L;
        var options = new MibLoadOptions { Publish = false };
        for (var i = 0; i < Loads; i++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var loader = new MibLoader();
            var tree = await TimeAsync(first, () => loader.LoadAsync(folder.Path, options));

            // Later on, what the round before left behind goes away meanwhile.
            memory = i == 0 ? GC.GetTotalMemory(forceFullCollection: true) - before : memory;
            await TimeAsync(again, () => loader.LoadAsync(folder.Path, options));
            File.SetLastWriteTimeUtc(Directory.EnumerateFiles(folder.Path).First(), DateTime.UtcNow);
            await TimeAsync(changed, () => loader.LoadAsync(folder.Path, options));
            GC.KeepAlive(tree);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""

            loading, median of {Loads}                        ms
              all                             {Median(first),9:0.0}  {memory / 1e6:0.0} MB kept, {folder.Octets / Median(first) / 1e3:0.0} MB/s
              again, nothing changed          {Median(again),9:0.0}
              again, one module changed       {Median(changed),9:0.0}
            """));
    }

    private static async Task<T> TimeAsync<T>(List<double> times, Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return result;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<Measurement[]> CompareAsync(TextWriter output, string load, Questions questions, Func<Func<int, Task>, Task<Measurement>> measure)
    {
        (string Name, Func<int, Task> Use)[] rows =
        [
            ("name to OID, TryResolve", questions.Resolve),
            ("name to node, Find", questions.Find),
            ("OID to name, Name", questions.Name),
            ("OID to node, FindNearest", questions.FindNearest),
        ];
        var results = new List<Measurement>();
        foreach (var (name, use) in rows)
        {
            var comparison = await Comparison.RunAsync(TextWriter.Null, load, (name, () => measure(use)));
            results.Add(comparison.Own);
        }

        await output.WriteLineAsync($"\n{load,-36}{"ns/op",9}{"B/op",9}");
        foreach (var ((name, _), result) in rows.Zip(results))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {name,-34}{result.Nanoseconds,9:0.0}{result.Bytes,9:0.0}"));
        }

        return [.. results];
    }

    private static async Task<(T Result, int Reloads)> WhileLoadingAsync<T>(LargeFolder folder, Func<Task<T>> measure)
    {
        using var stop = new CancellationTokenSource();
        var loader = Task.Run(async () =>
        {
            var reloads = 0;
            var loader = new MibLoader();
            for (; !stop.IsCancellationRequested; reloads++)
            {
                File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "ACME-1-MIB.txt"), DateTime.UtcNow);
                await loader.LoadAsync(folder.Path);
            }

            return reloads;
        });
        var result = await measure();
        await stop.CancelAsync();
        return (result, await loader);
    }

    /// <summary>Names and OIDs from all over a tree, asked of whichever tree is current.</summary>
    private sealed class Questions
    {
        private readonly string[] _names;
        private readonly Oid[] _oids;

        internal Questions(MibTree tree, int count)
        {
            var random = new Random(1);
            var columns = tree.Nodes.Where(static node => node.Kind == MibNodeKind.Column).ToArray();
            var chosen = random.GetItems(columns, count);
            _names = [.. chosen.Select(static (node, i) => $"{(i % 2 == 0 ? node.Name : node.QualifiedName)}.{i}")];
            _oids = [.. chosen.Select(static (node, i) => node.Oid.Append((uint)i))];
            BytesOfNames = _oids.Average(oid => SizeOf(tree.Name(oid)));
        }

        internal double BytesOfNames { get; }

        internal Task Resolve(int times)
        {
            var tree = MibTree.Current;
            for (var i = 0; i < times; i++)
            {
                Require(tree.TryResolve(_names[i % Sample], out _));
            }

            return Task.CompletedTask;
        }

        internal Task Find(int times)
        {
            var tree = MibTree.Current;
            for (var i = 0; i < times; i++)
            {
                var name = _names[i % Sample].AsSpan();
                Require(tree.Find(name[..name.LastIndexOf('.')]) is not null);
            }

            return Task.CompletedTask;
        }

        internal Task Name(int times)
        {
            var tree = MibTree.Current;
            for (var i = 0; i < times; i++)
            {
                Require(tree.Name(_oids[i % Sample]).Length > 0);
            }

            return Task.CompletedTask;
        }

        internal Task FindNearest(int times)
        {
            var tree = MibTree.Current;
            for (var i = 0; i < times; i++)
            {
                Require(tree.FindNearest(_oids[i % Sample]) is not null);
            }

            return Task.CompletedTask;
        }

        private static void Require(bool found)
        {
            if (!found)
            {
                throw new InvalidOperationException("A name of the tree was not found.");
            }
        }

        // A string is its header, its length, its characters and a terminator, in words.
        private static double SizeOf(string text) => (16 + 4 + ((text.Length + 1) * 2) + 7) / 8 * 8;
    }
}
