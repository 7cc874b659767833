using System.Globalization;
using Connections.Harness.Labs;
using Connections.Snmp;
using Connections.Snmp.Mibs.Indexes;
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
            if (namesDevices)
            {
                Output.Line(device.Name);
            }

            output.Screen.Write(Create());
            _rows.Clear();
        }
    }

    public void End()
    {
    }

    private Table Create()
    {
        var first = _rows[0];
        var parts = first.IndexColumns.Select(part => part.Column.Name).ToList();
        string[] keys = parts.Count > 0 ? [.. parts] : ["index"];
        var columns = Enumerable.Range(0, first.Columns.Count).Where(column => !parts.Contains(first.ColumnNames[column])).ToList();
        var table = new Table { Border = TableBorder.None };
        foreach (var name in keys.Concat(columns.Select(column => NameOf(first, column))))
        {
            table.AddColumn(Heading(name));
        }

        foreach (var row in _rows)
        {
            table.AddRow(KeysOf(row, keys.Length).Concat(columns.Select(row.TextOf)).Select(text => new Text(ValueText.OneLine(text))));
        }

        return table;
    }

    // An index that is not of its table's form stands there as it is.
    private static IEnumerable<string> KeysOf(SnmpTableRow row, int count) => row.IndexValues is { IsEmpty: false } values
        ? values.Select(part => IndexText.Format(part))
        : Enumerable.Repeat("", count - 1).Prepend(row.Index.ToString());

    // The columns of one entry that have no names are told apart by their numbers.
    private static string NameOf(SnmpTableRow row, int column)
    {
        var oid = row.Columns[column];
        return row.ColumnNames[column] != oid.ToString() || row.Columns.Any(other => other.Parent != oid.Parent)
            ? row.ColumnNames[column]
            : oid[oid.Count - 1].ToString(CultureInfo.InvariantCulture);
    }

    private static TableColumn Heading(string text) => new TableColumn(new Text(text, Style.Plain.Decoration(Decoration.Bold))).NoWrap();
}
