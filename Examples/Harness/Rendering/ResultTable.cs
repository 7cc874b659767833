using Connections.Execution;
using Connections.Harness.Labs;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>The results of one device as a table that fits a screen: command, as much of its values as fits, queued, took.</summary>
internal static class ResultTable
{
    // With a space after each, 80 columns.
    private const int CommandWidth = 30;
    private const int ValueWidth = 28;
    private const int TimeWidth = 9;

    private static readonly Style Alarming = new(Color.Red);

    internal static Table Create(DeviceReport report)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumns(
            new TableColumn(new Text(report.Name, Style.Plain.Decoration(Decoration.Bold))).NoWrap(),
            Header("value"),
            Header("queued").RightAligned().NoWrap(),
            Header("took").RightAligned().NoWrap());
        foreach (var (column, width) in table.Columns.Zip([CommandWidth, ValueWidth, TimeWidth, TimeWidth]))
        {
            column.Width(width).Padding(0, 0, 1, 0);
        }

        foreach (var result in report.Results)
        {
            AddRow(table, result);
        }

        return table;
    }

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));

    private static void AddRow(Table table, CallResult<DeviceCommand, CommandOutcome> result)
    {
        var command = new Text($"  {result.Input.Command}");
        if (!result.IsSuccess)
        {
            table.AddRow(command, new Text(result.Error is TimeoutException ? "timed out" : "failed", Alarming));
            return;
        }

        var outcome = result.Value;
        var value = outcome.Printed is { } printed ? ValueText.OneLine(printed) : string.Join(", ", outcome.VarBinds.Select(varBind => ValueText.Of(varBind.Value)));
        table.AddRow(command, new Text(ValueText.Cut(value, ValueWidth)), new Text(ValueText.Of(outcome.Queued)), new Text(ValueText.Of(outcome.Took)));
    }
}
