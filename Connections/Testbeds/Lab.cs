using System.Collections.Concurrent;

namespace Connections.Testbeds;

/// <summary>
/// The devices of a testbed, each made when it is first asked for and shared by all who ask. Disposing it destroys all their connections.
/// Thread-safe.
/// </summary>
public sealed class Lab : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Device>> _devices = new(StringComparer.Ordinal);
    private readonly ConnectionClasses _classes;
    private readonly DeviceOptions _options;
    private volatile bool _isDisposed;

    /// <summary>Makes a lab none of whose devices is connected.</summary>
    /// <param name="testbed">The devices and their connections.</param>
    /// <param name="classes">The connection classes that the testbed may name.</param>
    /// <param name="options">How the connections behave and where they report.</param>
    public Lab(Testbed testbed, ConnectionClasses classes, DeviceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(testbed);
        ArgumentNullException.ThrowIfNull(classes);
        Testbed = testbed;
        _classes = classes;
        _options = options ?? new DeviceOptions();
    }

    /// <summary>The devices and their connections, as they were defined.</summary>
    public Testbed Testbed { get; }

    /// <summary>All devices of the testbed, in its order.</summary>
    /// <exception cref="ObjectDisposedException">The lab has been disposed.</exception>
    public IReadOnlyList<Device> Devices => [.. Testbed.Devices.Keys.Select(GetDevice)];

    /// <summary>The device of a name or alias, always the same one.</summary>
    /// <exception cref="UnknownDeviceException">There is none; the message names those that exist.</exception>
    /// <exception cref="ObjectDisposedException">The lab has been disposed.</exception>
    public Device GetDevice(string name)
    {
        var settings = Testbed.GetDevice(name).Settings;
        var device = _devices.GetOrAdd(settings.Name, _ => new Lazy<Device>(() => new Device(settings, _classes, _options))).Value;

        // After the device is there, so that disposal, beside which it may have been made, has not missed one that somebody can use.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return device;
    }

    /// <summary>Destroys all connections of all devices, side by side; a second call does nothing.</summary>
    /// <exception cref="AggregateException">Some could not be closed in order; it names each. All are destroyed.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var errors = await Task.WhenAll(_devices.Values.Select(static device => TryDisposeAsync(device.Value))).ConfigureAwait(false);
        if (errors.OfType<Exception>().ToList() is { Count: > 0 } failures)
        {
            throw new AggregateException($"{failures.Count} of {errors.Length} devices of testbed '{Testbed.Name}' could not be closed in order.", failures);
        }
    }

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
