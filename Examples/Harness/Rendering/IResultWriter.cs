using Connections.Harness.Labs;

namespace Connections.Harness.Rendering;

/// <summary>Prints what devices return, device by device.</summary>
internal interface IResultWriter<in T>
{
    /// <summary>Takes one result.</summary>
    void Write(LabDevice device, T result);

    /// <summary>All results of a device were given, or it failed.</summary>
    void EndDevice(LabDevice device);

    /// <summary>All devices have ended.</summary>
    void End();
}
