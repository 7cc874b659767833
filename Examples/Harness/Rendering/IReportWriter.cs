using Connections.Harness.Labs;

namespace Connections.Harness.Rendering;

/// <summary>Prints what became of devices, in the order of the devices.</summary>
internal interface IReportWriter
{
    /// <summary>Prints one.</summary>
    void Write(DeviceReport report);
}
