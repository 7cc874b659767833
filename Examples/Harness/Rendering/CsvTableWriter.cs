using Connections.Harness.Labs;
using Connections.Snmp;

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
        var columns = _rows.Select(entry => entry.Row.Columns).Distinct().SelectMany(columns => columns).Distinct().ToList();
        Output.Csv(["device", "index", .. columns.Select(column => column.ToString())]);
        foreach (var (device, row) in _rows)
        {
            Output.Csv([device, row.Index.ToString(), .. columns.Select(column => row[column]?.ToString() ?? "")]);
        }
    }
}
