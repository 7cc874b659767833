using Connections.Harness.Labs;
using Connections.Snmp;

namespace Connections.Harness.Rendering;

/// <summary>An object for each row of a table, as soon as it comes.</summary>
internal sealed class JsonTableWriter : IResultWriter<SnmpTableRow>
{
    public void Write(LabDevice device, SnmpTableRow result) => Output.Json(JsonText.Of(device.Name, result));

    public void EndDevice(LabDevice device)
    {
    }

    public void End()
    {
    }
}
