using Connections.Harness.Labs;

namespace Connections.Harness.Rendering;

/// <summary>An object for each command.</summary>
internal sealed class ReportJson : IReportWriter
{
    public void Write(DeviceReport report)
    {
        foreach (var result in report.Results)
        {
            Output.Json(JsonText.Of(result));
        }

        if (report.CutOff is { } error)
        {
            Output.Json(JsonText.Failed(report.Name, error));
        }
    }
}
