using System.Globalization;
using Connections.Harness.Labs;
using Connections.Snmp;
using Connections.Snmp.Protocol;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>A table of each device, printed when the device's last row has come, since only then the widths of the columns are known.</summary>
internal sealed class TextTableWriter(Output output, bool namesDevices) : IResultWriter<SnmpTableRow>
{
    private readonly List<SnmpTableRow> _rows = [];

    public void Write(LabDevice device, SnmpTableRow result) => _rows.Add(result);

    public void EndDevice(LabDevice device)
    {
        if (_rows.Count > 0)
        {
            output.Screen.Write(Create(device));
            _rows.Clear();
        }
    }

    public void End()
    {
    }

    private Table Create(LabDevice device)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(Heading(namesDevices ? device.Name : "index"));
        var columns = _rows[0].Columns;
        foreach (var column in columns)
        {
            table.AddColumn(Heading(NameOf(column, columns)));
        }

        foreach (var row in _rows)
        {
            table.AddRow([
                new Text(row.Index.ToString()), .. columns.Select((_, i) => new Text(row[i] is { } value ? ValueText.Of(value) : "")),
            ]);
        }

        return table;
    }

    // The columns of one entry are told apart by their numbers.
    private static string NameOf(Oid column, IReadOnlyList<Oid> columns) =>
        columns.All(other => other.Parent == column.Parent) ? column[column.Count - 1].ToString(CultureInfo.InvariantCulture) : column.ToString();

    private static TableColumn Heading(string text) => new TableColumn(new Text(text, Style.Plain.Decoration(Decoration.Bold))).NoWrap();
}
