using Connections.Harness.Labs;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Rendering;

/// <summary>A line for each varbind, as soon as it comes.</summary>
internal sealed class VarBindWriter(Output output, bool namesDevices) : IResultWriter<VarBind>
{
    private static readonly string[] Headings = ["device", "oid", "type", "value"];

    private bool _hasHeadings;

    public void Write(LabDevice device, VarBind result)
    {
        if (output.IsJson)
        {
            Output.Json(JsonText.Of(device.Name, result));
            return;
        }

        if (output.IsCsv)
        {
            WriteHeadings();
            Output.Csv([device.Name, result.Oid.ToString(), JsonText.TypeOf(result.Value), result.Value.ToString()]);
            return;
        }

        var prefix = namesDevices ? $"{device.Name}: " : "";
        Output.Line($"{prefix}{result.Oid} = {ValueText.Of(result.Value)}");
    }

    public void EndDevice(LabDevice device)
    {
    }

    public void End()
    {
        if (output.IsCsv)
        {
            WriteHeadings();
        }
    }

    private void WriteHeadings()
    {
        if (!_hasHeadings)
        {
            _hasHeadings = true;
            Output.Csv(Headings);
        }
    }
}
