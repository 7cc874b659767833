using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>
/// CPU time (user and system) of a whole client process per GET, with 1,000 simulated hosts and as many requests in flight, beside a raw
/// socket client that sends and counts the same packets. The clients take turns, so that a busy machine disturbs all of them alike, and
/// the median of the windows is told.
/// </summary>
internal static class SnmpBenchmark
{
    internal const int Hosts = 1_000;
    internal static readonly TimeSpan Ramp = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private const int DefaultRounds = 5;

    internal static async Task RunAsync(TextWriter output, ReadOnlyMemory<string> arguments)
    {
        var usesRaw = arguments.Span.Contains("--raw-agent");
        var rounds = DefaultRounds;
        foreach (var argument in arguments.Span)
        {
            if (int.TryParse(argument, CultureInfo.InvariantCulture, out var number))
            {
                rounds = number;
            }
        }

        await using var agent = ChildProcess.Start("snmp-agent", usesRaw ? "raw" : "embedded");
        var port = await agent.ReadAsync();
        var processors = Environment.ProcessorCount;
        await output.WriteLineAsync(
            $"GET sysUpTime.0, {Hosts} simulated hosts, {Hosts} in flight, windows of {Window.TotalSeconds} s, {rounds} rounds of turns, {processors} processors;");
        await output.WriteLineAsync(
            $"agent: {(usesRaw ? "a raw responder" : "the embedded agent")}; client on processor 0, agent on {(processors > 1 ? "the others" : "the same")}.");

        await using var raw = ChildProcess.Start("snmp-client", "raw", port);
        await using var awaited = ChildProcess.Start("snmp-client", "awaited", port);
        await using var inline = ChildProcess.Start("snmp-client", "inline", port);
        (string Name, ChildProcess Process, List<Sample> Samples)[] clients =
        [
            ("raw sockets (limit)", raw, []),
            ("awaited through ISnmpClient", awaited, []),
            ("the same, inline continuations", inline, []),
        ];

        // One turn to warm up.
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (_, process, samples) in clients)
            {
                await process.WriteAsync("go");
                var sample = Sample.Parse(await process.ReadAsync());
                if (round >= 0)
                {
                    samples.Add(sample);
                }
            }
        }

        await output.WriteLineAsync($"{"",-34}{"µs CPU/GET",11}{"min",8}{"max",8}{"user",8}{"GET/s",10}{"B/GET",8}{"ratio",8}");
        var limit = Median(clients[0].Samples, static sample => sample.Microseconds);
        foreach (var (name, _, samples) in clients)
        {
            var median = Median(samples, static sample => sample.Microseconds);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-32}{median,11:0.00}{samples.Min(static sample => sample.Microseconds),8:0.00}{samples.Max(static sample => sample.Microseconds),8:0.00}{Median(samples, static sample => sample.UserMicroseconds),8:0.00}{Median(samples, static sample => sample.Rate),10:0}{Median(samples, static sample => sample.Bytes),8:0}{median / limit,8:0.00}"));
        }
    }

    private static double Median(List<Sample> samples, Func<Sample, double> select)
    {
        var values = samples.Select(select).Order().ToArray();
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
