using System.Diagnostics;
using System.Globalization;
using Connections.Benchmarks.Ipc.Calls;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;

namespace Connections.Benchmarks.Ipc.Killing;

/// <summary>A service of four processes, all of them busy, of which one is killed time and again.</summary>
internal static class KillBenchmark
{
    private const int Workers = 4;
    private const int Callers = 8;
    private const int Kills = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Serves, until standard input ends.</summary>
    public static async Task ServeAsync(string address)
    {
        await using var server = await RpcServer.StartAsync(address, new RpcServices().Add<IEchoService>(new EchoService()));
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Measures, writes what came of it, and notes what is to be reached.</summary>
    public static async Task RunAsync(TextWriter output, Checklist checklist)
    {
        var logs = Directory.CreateTempSubdirectory("connections-kills-");
        var service = new ServiceDefinition($"connections-kills-{Environment.ProcessId}")
        {
            Assembly = Environment.ProcessPath!,
            Type = nameof(EchoService),
            LogDirectory = logs.FullName,
            MinProcesses = Workers,
            MaxProcesses = Workers,
        };
        var kills = new List<Kill>();
        await using (await ServiceHost.StartAsync([service], NewOptions()))
        {
            await using var client = new RpcClient(service.Address);
            await using var load = new Load(client.Get<IEchoService>(), Callers);
            for (var i = 0; i < Kills; i++)
            {
                kills.Add(await KillOneAsync(service.Address, load));
            }
        }

        logs.Delete(recursive: true);
        var (slowest, replaced) = (kills.Max(static kill => kill.SlowestFailure), kills.Max(static kill => kill.Replaced));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"\nprocess of a service killed, {Kills} times, {Workers} processes, {Callers} callers: {kills.Sum(static kill => kill.Failures)} calls failed, the last within {slowest:0.0} ms; replaced within {replaced:0} ms; {kills.Sum(static kill => kill.OtherFailures)} others failed"));
        checklist.AtMost(50, "ms", "process killed: its calls fail within", slowest);
        checklist.AtMost(1000, "ms", "the same, replaced within", replaced);
        checklist.AtMost(0, "calls", "the same, other calls that fail", kills.Sum(static kill => kill.OtherFailures));
    }

    // They end because they are killed, and not because they cannot live: so they are never started later for that.
    private static ServiceHostOptions NewOptions() => new() { Command = NewCommand, LongestPause = TimeSpan.FromMilliseconds(100) };

    private static ProcessStartInfo NewCommand(ServiceDefinition service)
    {
        string[] task = ["ipc-worker", service.Address];
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? new ProcessStartInfo(Environment.ProcessPath!, [typeof(KillBenchmark).Assembly.Location, .. task])
            : new ProcessStartInfo(Environment.ProcessPath!, task);
    }

    private static async Task<Kill> KillOneAsync(string address, Load load)
    {
        await UntilAsync("every process is called", () => RpcStatus.Of(address).Servers.Count(static server => server.Running > 0) == Workers);
        var victim = RpcStatus.Of(address).Servers[0].ProcessId;
        load.Forget();
        using var process = Process.GetProcessById(victim);
        var began = Stopwatch.GetTimestamp();
        process.Kill();
        await UntilAsync("the killed process is replaced", () => RpcStatus.Of(address).Servers.Count(server => server.ProcessId != victim) == Workers);
        var replaced = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return load.Judge(victim, began, replaced);
    }

    private static async Task UntilAsync(string what, Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            await Task.Delay(1);
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s until {what}.");
            }
        }
    }
}
