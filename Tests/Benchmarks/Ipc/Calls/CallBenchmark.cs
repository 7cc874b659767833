using System.Globalization;
using Connections.Benchmarks.Snmp;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>
/// Calls of 64 bytes to a process on the other processor, by a shared channel, a Unix socket, TCP, a pipe, and as calls of a service, in turns; and
/// messages of 64 bytes one way through a channel.
/// </summary>
internal static class CallBenchmark
{
    // The loops of the players have to reach their last tier of compilation, on a processor that they share with the compiler.
    private const int WarmUps = 10;
    private const int Calls = 20_000;

    // The loop of the sender is called once a run: see Comparison.WarmUps.
    private const int SendsOfAWarmUp = 8;
    private const int Messages = 5_000_000;

    private static string AllProcessors => $"{Processors.ForClient},{Processors.ForAgent}";

    /// <summary>Measures, writes the table, and notes what is to be reached.</summary>
    public static async Task RunAsync(TextWriter output, Checklist checklist)
    {
        var name = $"connections-calls-{Environment.ProcessId}";
        await using var echo = ChildProcess.Start(Processors.ForAgent, "ipc-echo", name);
        await using var caller = ChildProcess.Start(Processors.ForClient, "ipc-caller", await echo.ReadAsync());
        await caller.ReadAsync();
        var (ring, missing) = await Peer.Ring.BuildAsync();
        await using var limit = ring is null ? null : ChildProcess.StartProgram(AllProcessors, ring, Processors.ForClient, Processors.ForAgent.Split('-')[0]);

        var samples = CallCandidate.All.Select(static _ => new List<(double Median, double Late)>()).ToArray();
        var (oneWay, raw) = (new List<double>(), new List<double>());
        for (var round = -WarmUps; round < Comparison.Rounds; round++)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                var sample = await CallAsync(caller, i);
                Add(samples[i], sample, round);
            }

            for (var again = 1; round < 0 && again < SendsOfAWarmUp; again++)
            {
                await SendAsync(echo, caller);
            }

            Add(oneWay, await SendAsync(echo, caller), round);
            Add(raw, limit is null ? double.NaN : await SendAsync(limit), round);
        }

        await WriteAsync(output, samples, oneWay, raw);
        await output.WriteAsync(missing is null ? "" : $"  in C {missing}\n");
        var (own, late) = (Median(samples[0], static sample => sample.Median), Median(samples[0], static sample => sample.Late));
        var socket = Median(samples[CallCandidate.IndexOf("Unix socket")], static sample => sample.Median);
        checklist.AtMost(1000, "ns", "shared-memory call, 64 B, p50", own);
        checklist.AtMost(3000, "ns", "shared-memory call, 64 B, p99", late);
        checklist.AtLeast(10, "x", "the same, times below a Unix socket", socket / own);
        checklist.AtLeast(15, "million/s", "one-way ring, 64 B", 1000 / Median(oneWay));
    }

    private static async Task<(double Median, double Late)> CallAsync(ChildProcess caller, int candidate)
    {
        await caller.WriteAsync($"{candidate} {Calls}");
        var numbers = (await caller.ReadAsync()).Split(' ');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private static async Task<double> SendAsync(ChildProcess echo, ChildProcess caller)
    {
        var messages = Messages.ToString(CultureInfo.InvariantCulture);
        await echo.WriteAsync(messages);
        await caller.WriteAsync(messages);
        return double.Parse(await echo.ReadAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<double> SendAsync(ChildProcess ring)
    {
        await ring.WriteAsync(Messages.ToString(CultureInfo.InvariantCulture));
        return double.Parse(await ring.ReadAsync(), CultureInfo.InvariantCulture);
    }

    private static void Add<T>(List<T> samples, T sample, int round)
    {
        if (round >= 0)
        {
            samples.Add(sample);
        }
    }

    private static async Task WriteAsync(TextWriter output, List<(double Median, double Late)>[] samples, List<double> oneWay, List<double> raw)
    {
        await output.WriteLineAsync($"\n{"calls, 64 B, caller to caller",-36}{"p50 ns",9}{"least",9}{"p99 ns",9}{"least",9}{"ratio",9}");
        var own = Median(samples[0], static sample => sample.Median);
        for (var i = 0; i < samples.Length; i++)
        {
            var median = Median(samples[i], static sample => sample.Median);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {CallCandidate.All[i].Name,-34}{median,9:0}{samples[i].Min(static sample => sample.Median),9:0}{Median(samples[i], static sample => sample.Late),9:0}{samples[i].Min(static sample => sample.Late),9:0}{own / median,9:0.00}"));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"\none-way ring, 64 B: {1000 / Median(oneWay):0.0} million messages/s (at best {1000 / oneWay.Min():0.0}); in C {1000 / Median(raw):0.0} ({1000 / raw.Min():0.0})"));
    }

    private static double Median(List<double> samples) => Median(samples, static sample => sample);

    private static double Median<T>(List<T> samples, Func<T, double> what) => samples.Select(what).Order().ElementAt(samples.Count / 2);
}
