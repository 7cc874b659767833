using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>How the benchmarks of SNMP are to be run.</summary>
internal sealed class BenchmarkArguments
{
    private const int QuickRounds = 5;
    private const int CheckedRounds = 15;

    private readonly string[] _rows;

    internal BenchmarkArguments(ReadOnlySpan<string> arguments)
    {
        IsChecked = arguments.Contains("--check");
        UsesRawAgent = arguments.Contains("--raw-agent");
        Rounds = IsChecked ? CheckedRounds : QuickRounds;
        var seconds = 5.0;
        var rows = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--window" && i + 1 < arguments.Length)
            {
                seconds = double.Parse(arguments[++i], CultureInfo.InvariantCulture);
            }
            else if (int.TryParse(arguments[i], CultureInfo.InvariantCulture, out var rounds))
            {
                Rounds = rounds;
            }
            else if (!arguments[i].StartsWith('-'))
            {
                rows.Add(arguments[i]);
            }
        }

        Window = new Window(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(seconds));
        _rows = [.. rows];
    }

    /// <summary>Runs a benchmark, and checks its numbers where that is asked for.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string[] arguments, Func<TextWriter, BenchmarkArguments, Checklist, Task> run)
    {
        var parsed = new BenchmarkArguments(arguments);
        var checklist = new Checklist();
        await run(Console.Out, parsed, checklist);
        return parsed.IsChecked ? await checklist.WriteAsync(Console.Out) : 0;
    }

    internal bool IsChecked { get; }

    internal bool UsesRawAgent { get; }

    /// <summary>How often each client is measured.</summary>
    internal int Rounds { get; }

    internal Window Window { get; }

    /// <summary>Whether a row is to be measured: all are, unless some are named.</summary>
    internal bool Includes(string row) => _rows.Length == 0 || _rows.Contains(row);
}
