using Connections.Harness.Labs;
using Connections.Snmp.Mibs.Formatting;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Rendering;

/// <summary>A line for each varbind, as soon as it comes; several where it has octets in hexadecimal, or a text of several lines.</summary>
internal sealed class VarBindWriter(Output output, VarBindText text, bool namesDevices) : IResultWriter<VarBind>
{
    private static readonly string[] Headings = ["device", "oid", "name", "type", "value"];

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
            Output.Csv([device.Name, result.Oid.ToString(), text.FormatName(result.Oid), JsonText.TypeOf(result.Value), MibValueText.Format(result)]);
            return;
        }

        var prefix = namesDevices ? $"{device.Name}: " : "";
        Output.Line(prefix + text.Format(result));
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
