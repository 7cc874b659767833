using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connections.Benchmarks.Snmp;
using Connections.Collector.Results;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;

namespace Connections.Benchmarks.Collect;

/// <summary>Whole collections: devices and varbinds a second, processor time a varbind, memory, and what blocks take beside the same rows as JSON.</summary>
internal static class CollectBenchmark
{
    private const int Hosts = 1_000;
    private const int Rows = 48;
    private const int Columns = 20;
    private const double Mega = 1024 * 1024;

    internal static async Task RunAsync(TextWriter output, BenchmarkArguments arguments, Checklist checklist)
    {
        await using var agent = ChildProcess.Start(
            Processors.ForAgent, ["snmp-agent", "table", .. ((int[])[Hosts, Rows, Columns, 0]).Select(static number => number.ToString(CultureInfo.InvariantCulture))]);
        var port = int.Parse(await agent.ReadAsync(), CultureInfo.InvariantCulture);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Hosts} hosts, a table of {Rows} x {Columns} each, collected once a round, median of {arguments.Rounds} rounds, {Environment.ProcessorCount} processors.\n"));
        await output.WriteLineAsync($"{"",-28}{"devices/s",12}{"varbinds/s",13}{"us/varbind",12}{"MB resident",13}");
        foreach (var (name, size) in ((string, int)[])[("replies up to 1,400 B", 1_400), ("replies up to 8 KB", 8_192)])
        {
            await using var engine = new SnmpEngine();
            var collector = new SnmpCollector(new CollectTargets(engine, new SnmpOptions { MaxReplySize = size }).FindAsync);
            await WriteAsync(output, name, collector, port, arguments.Rounds, checklist);
        }

        await WriteSizesAsync(output, port, checklist);
    }

    private static async Task WriteAsync(TextWriter output, string name, SnmpCollector collector, int port, int rounds, Checklist checklist)
    {
        var samples = new List<(double Seconds, double Cpu)>();
        for (var round = -1; round < rounds; round++)
        {
            using var process = Process.GetCurrentProcess();
            var (began, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            var records = await CollectAsync(collector, port, static _ => { });
            process.Refresh();
            Require(records);
            if (round >= 0)
            {
                samples.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / records));
            }
        }

        var seconds = Statistics.Median(samples.Select(static sample => sample.Seconds));
        var resident = Environment.WorkingSet / Mega;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28}{Hosts / seconds,12:0}{Hosts * Rows * Columns / seconds,13:0}{Statistics.Median(samples.Select(static sample => sample.Cpu)),12:0.000}{resident,13:0.0}"));
        checklist.AtMost(150, "MB", $"collect, {name}: memory resident", resident);
    }

    private static async Task WriteSizesAsync(TextWriter output, int port, Checklist checklist)
    {
        await using var engine = new SnmpEngine();
        var targets = new CollectTargets(engine);
        var plain = await MeasureAsync(new SnmpCollector(targets.FindAsync), port, static block => block.Memory.Length);
        var packed = await MeasureAsync(new SnmpCollector(targets.FindAsync, new CollectorOptions { Compresses = true }), port, static block => block.Memory.Length);
        var json = await MeasureAsync(new SnmpCollector(targets.FindAsync), port, JsonLength);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"\nOctets a varbind: blocks {plain:0.0}, compressed {packed:0.0}, JSON lines {json:0.0}"));
        checklist.AtMost(0.25, "x", "collect: octets of blocks beside JSON", plain / json);
    }

    private static async Task<double> MeasureAsync(SnmpCollector collector, int port, Func<ResultBlock, long> measure)
    {
        var octets = 0L;
        var records = await CollectAsync(collector, port, block => octets += measure(block));
        Require(records);
        return (double)octets / records;
    }

    private static long JsonLength(ResultBlock block)
    {
        using var format = new JsonLinesFormat();
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var row in block.Rows())
        {
            format.Write(buffer, new CollectedRow(row, Rate: null));
        }

        return buffer.WrittenCount;
    }

    private static async Task<long> CollectAsync(SnmpCollector collector, int port, Action<ResultBlock> read)
    {
        var entry = new SyntheticTable { Rows = 0, Columns = Columns }.Entry;
        var shape = new CollectShape(CollectKind.Walk, Enumerable.Range(1, Columns).Select(column => entry.Append((uint)column)));
        var records = 0L;
        await foreach (var block in collector.CollectAsync(Enumerable.Range(0, Hosts).Select(host => RequestOf(host, port, shape))))
        {
            records += block.RecordCount;
            read(block);
            block.Dispose();
        }

        return records;
    }

    private static CollectRequest RequestOf(int host, int port, CollectShape shape) =>
        new(string.Create(CultureInfo.InvariantCulture, $"host-{host}"), new IPEndPoint(BenchmarkAgent.AddressOf(host), port).ToString(), shape);

    private static void Require(long records)
    {
        if (records != Hosts * Rows * Columns)
        {
            throw new InvalidOperationException($"{records} varbinds came, not {Hosts * Rows * Columns}.");
        }
    }
}
