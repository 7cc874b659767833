using System.Globalization;
using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Snmp;

/// <summary>
/// Requests to simulated hosts: CPU time (user and system) of a whole client process a request, beside a client in C that only sends and counts, and beside Net-SNMP's
/// library.
/// </summary>
internal static class SnmpBenchmark
{
    private const int Hosts = 1_000;
    private const int DeadHosts = 200;
    private const string Limit = "raw sockets in C (limit)";
    private const string Blocks = "SnmpCollector, into blocks";
    private const string Awaited = "awaited through ISnmpClient";
    private const string Inline = "the same, inline continuations";
    private const string NetSnmp = "Net-SNMP's library";
    private const string AllAlive = "800 live hosts";
    private const string SomeDead = "the same, with 200 dead ones";

    // What a GET may leave behind: the array that holds its varbind, one object.
    private static readonly int ResultOctets = (3 * nint.Size) + Unsafe.SizeOf<VarBind>();

    internal static async Task RunAsync(TextWriter output, BenchmarkArguments arguments, Checklist checklist)
    {
        await using var agent = ChildProcess.Start(
            Processors.ForAgent, "snmp-agent", arguments.UsesRawAgent ? "raw" : "embedded", Hosts.ToString(CultureInfo.InvariantCulture));
        var port = await agent.ReadAsync();
        await output.WriteLineAsync(
            $"GET sysUpTime.0, windows of {arguments.Window.Length.TotalSeconds} s, median of {arguments.Rounds} rounds of turns, {Environment.ProcessorCount} processors;");
        await output.WriteLineAsync($"agent: {(arguments.UsesRawAgent ? "a raw responder" : "the embedded agent")}.");
        await RunRowAsync("get", GetAsync);
        await RunRowAsync("one", OneAsync);
        await RunRowAsync("dead", DeadAsync);
        await RunRowAsync("secured", SecuredBenchmark.RunAsync);

        async Task RunRowAsync(string name, Func<TextWriter, BenchmarkArguments, string, Checklist, Task> run)
        {
            if (arguments.Includes(name))
            {
                await run(output, arguments, port, checklist);
            }
        }
    }

    private static async Task GetAsync(TextWriter output, BenchmarkArguments arguments, string port, Checklist checklist)
    {
        var hosts = Hosts.ToString(CultureInfo.InvariantCulture);
        await using var contest = await Contest.RunAsync(
            output,
            arguments,
            $"{Hosts} hosts, a GET in flight to each",
            "GET",
            await Contender.OfPeerAsync(Limit, Peer.Raw, port, hosts),
            Contender.Of(Blocks, "get-blocks", port, hosts),
            Contender.Of(Awaited, "get", port, hosts),
            Contender.Of(Inline, "get-inline", port, hosts),
            await Contender.OfPeerAsync(NetSnmp, Peer.NetSnmp, "get", port, hosts));
        checklist.AtMost(1.35, "x", "GET, into blocks: CPU beside the limit", contest.Ratio(Blocks, Limit, static sample => sample.Microseconds));
        checklist.AtMost(2.0, "x", "GET, awaited: CPU beside the limit", contest.Ratio(Awaited, Limit, static sample => sample.Microseconds));
        checklist.AtMost(1.35, "x", "GET, inline: CPU beside the limit", contest.Ratio(Inline, Limit, static sample => sample.Microseconds));
        checklist.AtMost(60, "MB", "GET, into blocks: memory resident", contest[Blocks].Median(static sample => sample.Resident));
        checklist.AtMost(60, "MB", "GET, awaited: memory resident", contest[Awaited].Median(static sample => sample.Resident));
        checklist.AtMost(ResultOctets, "B", "GET, into blocks: octets allocated (one object at most)", contest[Blocks].Median(static sample => Math.Round(sample.Bytes)));
        checklist.AtMost(ResultOctets, "B", "GET, awaited: octets allocated (one object, the result)", contest[Awaited].Median(static sample => Math.Round(sample.Bytes)));
    }

    private static async Task OneAsync(TextWriter output, BenchmarkArguments arguments, string port, Checklist checklist)
    {
        await using var contest = await Contest.RunAsync(
            output,
            arguments,
            "one host, one GET at a time",
            "GET",
            await Contender.OfPeerAsync(Limit, Peer.Raw, port, "1"),
            Contender.Of(Awaited, "get", port, "1"),
            Contender.Of(Inline, "get-inline", port, "1"),
            await Contender.OfPeerAsync(NetSnmp, Peer.NetSnmp, "one", port));
        checklist.AtMost(1.8, "x", "one GET at a time: CPU beside the limit", contest.Ratio(Awaited, Limit, static sample => sample.Microseconds));
        checklist.AtMost(1.0, "x", "one GET at a time: time beside Net-SNMP's", contest.Ratio(NetSnmp, Awaited, static sample => sample.Rate));
    }

    private static async Task DeadAsync(TextWriter output, BenchmarkArguments arguments, string port, Checklist checklist)
    {
        await using var contest = await Contest.RunAsync(
            output,
            arguments,
            $"{Hosts - DeadHosts} live hosts, with and without {DeadHosts} dead ones",
            "GET",
            Contender.Of(AllAlive, "get-live", port, (Hosts - DeadHosts).ToString(CultureInfo.InvariantCulture), "0"),
            Contender.Of(SomeDead, "get-live", port, (Hosts - DeadHosts).ToString(CultureInfo.InvariantCulture), DeadHosts.ToString(CultureInfo.InvariantCulture)));
        checklist.AtMost(1.1, "x", "live hosts among dead ones: time beside that without", contest.Ratio(AllAlive, SomeDead, static sample => sample.Rate));
    }
}
