namespace Connections.Testbeds;

/// <summary>
/// Plays devices that a testbed calls <c>simulated</c>, within this process; a <see cref="Lab"/> that is given one starts them when they are first asked for, and stops
/// them when it is disposed. A simulator of a protocol leaves the connections of others alone.
/// </summary>
public interface IDeviceSimulator : IAsyncDisposable
{
    /// <summary>Starts a device, and points the connections that can be played at what plays them. Nothing is connected yet. Called by one thread at a time.</summary>
    /// <param name="device">The device; its <see cref="DeviceDefinition.Simulation"/> says how it behaves.</param>
    /// <param name="settings">Its settings, in which other simulators may have replaced connections.</param>
    /// <returns>The settings, in which those connections that are played lead to where they are; the same if there are none.</returns>
    /// <exception cref="Pooling.ConnectionException">The device cannot be played; the message says why.</exception>
    DeviceSettings Start(DeviceDefinition device, DeviceSettings settings);
}
