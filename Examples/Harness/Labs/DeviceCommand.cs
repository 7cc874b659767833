namespace Connections.Harness.Labs;

/// <summary>A command for one connection of a device.</summary>
/// <param name="Device">The connection.</param>
/// <param name="Command">The command.</param>
/// <param name="Number">Its place among the commands of the device.</param>
internal readonly record struct DeviceCommand(LabDevice Device, ILabCommand Command, int Number)
{
    public override string ToString() => $"{Device.Name}: {Command}";
}
