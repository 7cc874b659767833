namespace Connections.Testbeds;

/// <summary>
/// The devices of a testbed, each made when it is first asked for and shared by all who ask. Disposing it destroys all their connections.
/// Thread-safe.
/// </summary>
public sealed class Lab : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);
    private readonly ConnectionClasses _classes;
    private readonly DeviceOptions _options;
    private readonly IReadOnlyList<IDeviceSimulator> _simulators;
    private bool _isDisposed;

    /// <summary>Makes a lab none of whose devices is connected.</summary>
    /// <param name="testbed">The devices and their connections.</param>
    /// <param name="classes">The connection classes that the testbed may name.</param>
    /// <param name="options">How the connections behave and where they report.</param>
    /// <param name="simulators">What plays the devices that the testbed calls simulated; the lab disposes them.</param>
    public Lab(Testbed testbed, ConnectionClasses classes, DeviceOptions? options = null, IReadOnlyList<IDeviceSimulator>? simulators = null)
    {
        ArgumentNullException.ThrowIfNull(testbed);
        ArgumentNullException.ThrowIfNull(classes);
        Testbed = testbed;
        _classes = classes;
        _options = options ?? new DeviceOptions();
        _simulators = simulators ?? [];
    }

    /// <summary>The devices and their connections, as they were defined.</summary>
    public Testbed Testbed { get; }

    /// <summary>All devices of the testbed, in its order.</summary>
    /// <exception cref="Pooling.ConnectionException">A device is simulated, and cannot be played.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been disposed.</exception>
    public IReadOnlyList<Device> Devices => [.. Testbed.Devices.Keys.Select(GetDevice)];

    /// <summary>The device of a name or alias, always the same one. A simulated one answers from now on.</summary>
    /// <exception cref="UnknownDeviceException">There is none; the message names those that exist.</exception>
    /// <exception cref="Pooling.ConnectionException">The device is simulated, and cannot be played.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been disposed.</exception>
    public Device GetDevice(string name)
    {
        var definition = Testbed.GetDevice(name);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_devices.TryGetValue(definition.Name, out var device))
            {
                _devices.Add(definition.Name, device = new Device(SettingsOf(definition), _classes, _options));
            }

            return device;
        }
    }

    /// <summary>Destroys all connections of all devices, side by side, and ends the simulated ones; a second call does nothing.</summary>
    /// <exception cref="AggregateException">Some could not be closed in order; it names each. All are destroyed.</exception>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        var errors = await Task.WhenAll(_devices.Values.Select(TryDisposeAsync)).ConfigureAwait(false);
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
        }

        if (errors.OfType<Exception>().ToList() is { Count: > 0 } failures)
        {
            throw new AggregateException($"{failures.Count} of {errors.Length} devices of testbed '{Testbed.Name}' could not be closed in order.", failures);
        }
    }

    private DeviceSettings SettingsOf(DeviceDefinition device) => device.Simulation is null
        ? device.Settings
        : _simulators.Aggregate(device.Settings, (settings, simulator) => simulator.Start(device, settings));

    private static async Task<Exception?> TryDisposeAsync(Device device)
    {
        try
        {
            await device.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (AggregateException error)
        {
            return error;
        }
    }
}
