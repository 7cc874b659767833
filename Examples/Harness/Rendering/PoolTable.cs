using System.Globalization;
using Connections.Harness.Labs;
using Connections.Pooling;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>A line for each pool: how it served.</summary>
internal static class PoolTable
{
    internal static Table Create(IEnumerable<(DeviceReport Report, PoolStatistics Pool)> pools)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(
            new TableColumn(new Text("pools", Style.Plain.Decoration(Decoration.Bold))),
            Header("workers").RightAligned(),
            Header("served").RightAligned(),
            Header("longest queue").RightAligned(),
            Header("order of service"));
        foreach (var (report, pool) in pools)
        {
            table.AddRow(
                new Text($"  {report.Name}"),
                new Text(pool.Size.ToString(CultureInfo.InvariantCulture)),
                new Text(pool.Served.ToString(CultureInfo.InvariantCulture)),
                new Text(ValueText.Of(pool.LongestQueued)),
                new Text(string.Join(' ', report.OrderOfService)));
        }

        return table;
    }

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
