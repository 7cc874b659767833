namespace Connections.Harness.Labs;

/// <summary>A device of a selection, and how it is connected to.</summary>
internal sealed record LabDevice(Device Device, ConnectOptions Options)
{
    internal string Name => Device.Name;

    /// <summary>The alias to use on it; null for the device's own choice.</summary>
    internal string? Alias => Options.Alias;

    public override string ToString() => Name;
}
