using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Snmp.Mibs.Formatting;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>A heading for each command, and below it what the device printed, or its values as <c>get</c> and <c>walk</c> print them.</summary>
internal sealed class ReportText(Output output, VarBindText text) : IReportWriter
{
    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Aside = new(decoration: Decoration.Dim);
    private static readonly Style Alarming = new(Color.Red);

    public void Write(DeviceReport report)
    {
        foreach (var result in report.Results)
        {
            WriteHeading(result);
            if (result.IsSuccess && BodyOf(result.Value) is { Length: > 0 } body)
            {
                Output.Line(body);
            }

            Output.Line("");
        }
    }

    /// <summary>What a command gave, as text of any number of lines.</summary>
    internal static string BodyOf(CommandOutcome outcome, VarBindText text) =>
        outcome.Printed ?? string.Join('\n', outcome.VarBinds.Select(varBind => text.Format(varBind)));

    private void WriteHeading(CallResult<DeviceCommand, CommandOutcome> result)
    {
        var aside = result.IsSuccess
            ? new Text($"  queued {ValueText.Of(result.Value.Queued)}, took {ValueText.Of(result.Value.Took)}\n", Aside)
            : new Text($"  {(result.Error is TimeoutException ? "timed out" : "failed")}\n", Alarming);
        output.Screen.Write(new Text($"{result.Input.Device.Name}: {result.Input.Command}", Heading));
        output.Screen.Write(aside);
    }

    // What a device prints must not command the terminal of whoever reads it.
    private string BodyOf(CommandOutcome outcome)
    {
        var body = BodyOf(outcome, text);
        return Console.IsOutputRedirected ? body : ValueText.Harmless(body);
    }
}
