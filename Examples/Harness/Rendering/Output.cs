using System.Text.Json.Nodes;
using Connections.Harness.Labs;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>Where a command writes: results to standard output as text, JSON or CSV, failures to standard error.</summary>
internal sealed class Output
{
    // In a pipe nobody looks at the edge of a screen, and a value must not be broken there.
    private const int PipeWidth = 10_000;

    internal Output(bool json, bool csv = false)
    {
        IsJson = json;
        IsCsv = csv;
        Screen = Console.IsOutputRedirected ? ForPipe() : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
    }

    internal bool IsJson { get; }

    internal bool IsCsv { get; }

    /// <summary>For tables; without colours and escape sequences unless it is a terminal.</summary>
    internal IAnsiConsole Screen { get; }

    internal static void Line(string text) => Console.Out.WriteLine(text);

    internal static void Json(JsonObject record) => Line(JsonText.Line(record));

    internal static void Csv(IEnumerable<string> fields) => Line(CsvText.Line(fields));

    /// <summary>Says something that is no result.</summary>
    internal static void Remark(string text) => Console.Error.WriteLine(text);

    internal static void Error(string device, string text) => Console.Error.WriteLine($"connections: {device}: {text}");

    private static IAnsiConsole ForPipe()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = PipeWidth;
        return console;
    }

    /// <summary>Says once for each device and kind of error what failed.</summary>
    /// <returns>The exit code.</returns>
    internal static int Errors(IEnumerable<DeviceReport> reports)
    {
        var exitCode = ExitCode.Success;
        foreach (var report in reports.Where(report => report.HasFailed))
        {
            exitCode = ExitCode.DeviceFailed;
            foreach (var alike in report.Results.Where(result => !result.IsSuccess).GroupBy(result => result.Error!.GetType()))
            {
                var first = alike.First();
                var more = alike.Count() switch { 1 => "", 2 => " (One more command failed in the same way.)", var count => $" ({count - 1} more commands failed in the same way.)" };
                Error(report.Name, $"{first.Input.Command}: {Failure.Explain(first.Error!)}{more}");
            }

            if (report.CutOff is { } cutOff)
            {
                Error(report.Name, Failure.Explain(cutOff));
            }
        }

        return exitCode;
    }
}
