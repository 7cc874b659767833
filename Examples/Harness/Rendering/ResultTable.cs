using Connections.Execution;
using Connections.Harness.Labs;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>The results of one device as a table: command, value, queued, took.</summary>
internal static class ResultTable
{
    // With a space after each, 80 columns.
    private const int CommandWidth = 30;
    private const int ValueWidth = 28;
    private const int TimeWidth = 9;

    private static readonly Style Alarming = new(Color.Red);

    /// <summary>Shows each command in one line, and as much of its values as fits.</summary>
    internal static Table Compact(DeviceReport report)
    {
        var table = Create(report, AddCompact);
        foreach (var (column, width) in table.Columns.Zip([CommandWidth, ValueWidth, TimeWidth, TimeWidth]))
        {
            column.Width(width).Padding(0, 0, 1, 0);
        }

        return table;
    }

    /// <summary>Shows every value in a line of its own.</summary>
    internal static Table Full(DeviceReport report) => Create(report, AddFull);

    private static Table Create(DeviceReport report, Action<Table, CallResult<DeviceCommand, CommandOutcome>> add)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumns(
            new TableColumn(new Text(report.Device.Name, Style.Plain.Decoration(Decoration.Bold))).NoWrap(),
            Header("value"),
            Header("queued").RightAligned().NoWrap(),
            Header("took").RightAligned().NoWrap());
        if (report.ConnectError is not null)
        {
            table.AddRow(new Text("  not connected", Alarming));
        }

        foreach (var result in report.Results)
        {
            add(table, result);
        }

        return table;
    }

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));

    private static void AddCompact(Table table, CallResult<DeviceCommand, CommandOutcome> result)
    {
        var value = result.IsSuccess ? string.Join(", ", result.Value.VarBinds.Select(varBind => ValueText.Of(varBind.Value))) : "";
        AddRow(table, result, ValueText.Cut(value, ValueWidth));
    }

    private static void AddFull(Table table, CallResult<DeviceCommand, CommandOutcome> result)
    {
        if (result.IsSuccess && (result.Input.Operation.IsWalk || result.Value.VarBinds.Count > 1))
        {
            AddRow(table, result, result.Value.VarBinds.Count == 1 ? "1 value" : $"{result.Value.VarBinds.Count} values");
            foreach (var varBind in result.Value.VarBinds)
            {
                table.AddRow(new Text($"    {varBind.Oid}"), new Text(ValueText.Of(varBind.Value)));
            }

            return;
        }

        AddRow(table, result, result.IsSuccess ? ValueText.Of(result.Value.VarBinds[0].Value) : "");
    }

    private static void AddRow(Table table, CallResult<DeviceCommand, CommandOutcome> result, string value)
    {
        var command = new Text($"  {result.Input.Operation}");
        if (!result.IsSuccess)
        {
            table.AddRow(command, new Text(result.Error is TimeoutException ? "timed out" : "failed", Alarming));
            return;
        }

        table.AddRow(command, new Text(value), new Text(ValueText.Of(result.Value.Queued)), new Text(ValueText.Of(result.Value.Took)));
    }
}
