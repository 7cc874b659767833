namespace Connections.Harness.Labs;

/// <summary>A command for one device.</summary>
internal readonly record struct DeviceCommand(LabDevice Device, Operation Operation)
{
    public override string ToString() => $"{Device.Name}: {Operation}";
}
