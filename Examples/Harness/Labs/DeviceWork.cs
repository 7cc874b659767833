namespace Connections.Harness.Labs;

/// <summary>What one device has to do in a run.</summary>
/// <param name="Device">The device.</param>
/// <param name="Commands">Its commands, in the order in which they are asked for.</param>
internal sealed record DeviceWork(Device Device, IReadOnlyList<DeviceCommand> Commands)
{
    internal string Name => Device.Name;
}
