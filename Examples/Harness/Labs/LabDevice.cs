namespace Connections.Harness.Labs;

/// <summary>A connection of a device that a command uses, and how it is connected.</summary>
internal sealed record LabDevice(Device Device, ConnectOptions Options)
{
    internal string Name => Device.Name;

    /// <summary>The alias of the connection.</summary>
    internal string Alias => Options.Alias!;

    public override string ToString() => Name;
}
