using Connections.Harness.Labs;
using Connections.Snmp;
using Connections.Snmp.Mibs.Indexes;

namespace Connections.Harness.Rendering;

/// <summary>One CSV table of all devices' rows. It has the columns of all of them, so that it is printed when the last one has ended.</summary>
internal sealed class CsvTableWriter : IResultWriter<SnmpTableRow>
{
    private readonly List<(string Device, SnmpTableRow Row)> _rows = [];

    public void Write(LabDevice device, SnmpTableRow result) => _rows.Add((device.Name, result));

    public void EndDevice(LabDevice device)
    {
    }

    public void End()
    {
        var columns = _rows.Select(entry => entry.Row).DistinctBy(row => row.Columns).SelectMany(row => row.Columns.Zip(row.ColumnNames)).DistinctBy(column => column.First).ToList();
        var parts = _rows.SelectMany(entry => entry.Row.IndexColumns).Select(part => part.Column.Name).Distinct().Except(columns.Select(column => column.Second)).ToList();
        Output.Csv(["device", "index", .. parts, .. columns.Select(column => column.Second)]);
        foreach (var (device, row) in _rows)
        {
            Output.Csv([device, row.Index.ToString(), .. parts.Select(part => PartOf(row, part)), .. columns.Select(column => row.TextOf(column.First.ToString()))]);
        }
    }

    private static string PartOf(SnmpTableRow row, string name) =>
        row.IndexValues.Where(part => part.Column.Name == name).Select(part => IndexText.Format(part)).FirstOrDefault("");
}
