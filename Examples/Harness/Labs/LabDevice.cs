namespace Connections.Harness.Labs;

/// <summary>A device of a lab, and the alias to use on it; null for the device's own choice.</summary>
internal sealed record LabDevice(Device Device, string? Alias)
{
    internal string Name => Device.Name;

    public override string ToString() => Name;
}
