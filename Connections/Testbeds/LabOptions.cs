namespace Connections.Testbeds;

/// <summary>The lab that a host provides; see <see cref="LabServices.AddConnections"/>.</summary>
public sealed class LabOptions
{
    /// <summary>The file of the testbed, absolute or relative to the working directory.</summary>
    public string TestbedPath { get; set; } = "";

    /// <summary>How its markup is read.</summary>
    public TestbedOptions Testbed { get; set; } = new();

    /// <summary>The connection classes that the testbed may name, to be added to.</summary>
    public ConnectionClasses Classes { get; } = new();

    /// <summary>What plays the devices that the testbed calls simulated, to be added to; the lab disposes them.</summary>
    public IList<IDeviceSimulator> Simulators { get; } = [];

    /// <summary>How the connections behave. Where no logger factory is set, they report to the host's.</summary>
    public DeviceOptions Devices { get; set; } = new();
}
