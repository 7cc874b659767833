using System.Globalization;
using Connections.Benchmarks.Snmp;

namespace Connections.Benchmarks.Walk;

/// <summary>Walks of synthetic tables: CPU time (user and system) of a whole client process a varbind, beside Net-SNMP's library.</summary>
internal static class WalkBenchmark
{
    private const string SmallBlocks = "blocks, up to 1,400 B";
    private const string LargeBlocks = "blocks, up to 8 KB";
    private const string Small = "IAsyncEnumerable, up to 1,400 B";
    private const string Large = "IAsyncEnumerable, up to 8 KB";
    private const string NetSnmp = "Net-SNMP's library";

    internal static async Task RunAsync(TextWriter output, BenchmarkArguments arguments, Checklist checklist)
    {
        await output.WriteLineAsync(
            $"Walks again and again, windows of {arguments.Window.Length.TotalSeconds} s, median of {arguments.Rounds} rounds of turns, {Environment.ProcessorCount} processors; Net-SNMP's: GETBULK of 25 repetitions, one column a request.");
        if (arguments.Includes("table"))
        {
            await using var contest = await MeasureAsync(output, arguments, hosts: 100, rows: 1_000, columns: 20, latency: 0);
            checklist.AtMost(0.45, "x", "walk into blocks, up to 1,400 B: CPU beside Net-SNMP's", contest.Ratio(SmallBlocks, NetSnmp, Cpu));
            checklist.AtMost(0.27, "x", "walk into blocks, up to 8 KB: CPU beside Net-SNMP's", contest.Ratio(LargeBlocks, NetSnmp, Cpu));
            checklist.AtMost(0.9, "x", "walk by IAsyncEnumerable: CPU beside Net-SNMP's", contest.Ratio(Small, NetSnmp, Cpu));
            checklist.AtMost(1, "B", "walk into blocks: octets allocated a varbind", contest[SmallBlocks].Median(static sample => sample.Bytes));
        }

        if (arguments.Includes("latency"))
        {
            const int Rows = 48, Columns = 20;
            await using var contest = await MeasureAsync(output, arguments, hosts: 1_000, Rows, Columns, latency: 20);
            checklist.AtLeast(2_000, "hosts/s", "walk at 20 ms, up to 1,400 B", contest[SmallBlocks].Median(static sample => sample.Rate / (Rows * Columns)));
            checklist.AtLeast(5_000, "hosts/s", "walk at 20 ms, up to 8 KB", contest[LargeBlocks].Median(static sample => sample.Rate / (Rows * Columns)));
            checklist.AtMost(0.3, "x", "walk at 20 ms, up to 1,400 B: CPU beside Net-SNMP's", contest.Ratio(SmallBlocks, NetSnmp, Cpu));
            checklist.AtMost(0.15, "x", "walk at 20 ms, up to 8 KB: CPU beside Net-SNMP's", contest.Ratio(LargeBlocks, NetSnmp, Cpu));
        }
    }

    private static async Task<Contest> MeasureAsync(TextWriter output, BenchmarkArguments arguments, int hosts, int rows, int columns, int latency)
    {
        await using var agent = ChildProcess.Start(Processors.ForAgent, ["snmp-agent", "table", .. Texts(hosts, rows, columns, latency)]);
        var port = await agent.ReadAsync();
        return await Contest.RunAsync(
            output,
            arguments,
            $"{hosts} hosts, a table of {rows} x {columns} each{(latency > 0 ? $", {latency} ms latency" : "")}",
            "varbind",
            await Contender.OfPeerAsync(NetSnmp, Peer.NetSnmp, ["walk", port, .. Texts(hosts, columns)]),
            Contender.Of(SmallBlocks, ["blocks", port, .. Texts(hosts, columns, 1_400)]),
            Contender.Of(LargeBlocks, ["blocks", port, .. Texts(hosts, columns, 8_192)]),
            Contender.Of(Small, ["stream", port, .. Texts(hosts, columns, 1_400)]),
            Contender.Of(Large, ["stream", port, .. Texts(hosts, columns, 8_192)]));
    }

    private static double Cpu(Sample sample) => sample.Microseconds;

    private static IEnumerable<string> Texts(params int[] numbers) => numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture));
}
