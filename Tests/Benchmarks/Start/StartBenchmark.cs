using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Connections.Benchmarks.Start;

/// <summary>How large the command is as one file, and how soon it has done what takes no time: beside the same command run by <c>dotnet</c>, and tools in C.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 15;

    // A name of the built-in modules: the tree of names is made for it, and nothing else.
    private static readonly string[] Question = ["mib", "ifDescr"];

    /// <summary>Publishes the command as one file, measures, and writes the table.</summary>
    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("connections-start-");
        try
        {
            await PublishAsync(folder.FullName);
            var file = Path.Combine(folder.FullName, "connections");
            (string Name, string Program, string[] Arguments)[] candidates =
            [
                ("connections, one file: --version", file, ["--version"]),
                ("connections, one file: mib ifDescr", file, Question),
                ("dotnet Connections.Harness.dll: mib ifDescr", "dotnet", [Path.Combine(Repository(), "Examples/Harness/bin/Release/net10.0/Connections.Harness.dll"), .. Question]),
                ("snmptranslate -On IF-MIB::ifDescr", "snmptranslate", ["-On", "-m", "ALL", "1.3.6.1.2.1.2.2.1.2"]),
                ("python3 -c ''", "python3", ["-c", ""]),
            ];
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"connections as one file for {RuntimeInformation.RuntimeIdentifier}: {new FileInfo(file).Length / 1e6:0.0} MB, which needs no .NET on the machine"));
            await MeasureAsync(output, candidates);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, (string Name, string Program, string[] Arguments)[] candidates)
    {
        var times = candidates.Select(static _ => new List<double>()).ToArray();
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await RunAsync(candidates[i].Program, candidates[i].Arguments);
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{$"from start to end, median of {Rounds}",-46}{"ms",8}{"min",8}"));
        for (var i = 0; i < candidates.Length; i++)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {candidates[i].Name,-44}{times[i].Order().ElementAt(Rounds / 2),8:0}{times[i].Min(),8:0}"));
        }
    }

    private static Task PublishAsync(string folder) =>
        RunAsync("dotnet", ["publish", Path.Combine(Repository(), "Examples/Harness"), "-p:PublishProfile=SingleFile", "-o", folder, "--nologo", "-v", "quiet"]);

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {await error}{text}");
        }
    }

    private static string Repository([CallerFilePath] string self = "") => Path.GetFullPath("../../../..", self);
}
