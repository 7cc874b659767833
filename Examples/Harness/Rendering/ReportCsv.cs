using System.Globalization;
using Connections.Harness.Labs;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Rendering;

/// <summary>A line of CSV for each command, below a line of headings.</summary>
internal sealed class ReportCsv(VarBindText text) : IReportWriter
{
    private bool _hasHeadings;

    public void Write(DeviceReport report)
    {
        if (!_hasHeadings)
        {
            _hasHeadings = true;
            Output.Csv(["device", "alias", "command", "ok", "queued_ms", "took_ms", "output", "error"]);
        }

        foreach (var result in report.Results)
        {
            var (device, command, _) = result.Input;
            Output.Csv(result.IsSuccess
                ? [device.Name, device.Alias, $"{command}", "true", Milliseconds(result.Value.Queued), Milliseconds(result.Value.Took), ReportText.BodyOf(result.Value, text), ""]
                : [device.Name, device.Alias, $"{command}", "false", "", "", "", Failure.Explain(result.Error)]);
        }

        if (report.CutOff is { } error)
        {
            Output.Csv([report.Name, "", "", "false", "", "", "", Failure.Explain(error)]);
        }
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
}
