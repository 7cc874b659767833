using Connections.Execution;
using Connections.Harness.Watching;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>The devices that a command works on, real or simulated, and the connections that it uses of them. Disposing it disconnects them all.</summary>
internal sealed class Selection : IAsyncDisposable
{
    private readonly IAsyncDisposable _owner;
    private readonly WatchedProcess? _watched;
    private readonly List<LabDevice> _used = [];

    private Selection(IAsyncDisposable owner, IReadOnlyList<Device> members, string? testbed = null)
    {
        _owner = owner;
        Members = members;
        _watched = testbed is null ? null : WatchedProcess.Open(testbed, () => members);
    }

    /// <summary>The devices, in the order in which they were asked for.</summary>
    internal IReadOnlyList<Device> Members { get; }

    /// <summary>The connections that are used of them, in the order of <see cref="Use"/>.</summary>
    internal IReadOnlyList<LabDevice> Devices => _used;

    /// <summary>Makes the devices of a testbed; simulated ones answer from now on. No connection of theirs is used yet.</summary>
    /// <exception cref="UnknownDeviceException">A device is not in the testbed.</exception>
    /// <exception cref="UsageException">No device is as the filter wants it, or one cannot be simulated.</exception>
    internal static async Task<Selection> OpenAsync(Testbed testbed, DeviceFilter filter)
    {
        var definitions = filter.Apply(testbed);
        var lab = LabClasses.Open(testbed);
        try
        {
            return new Selection(lab, [.. definitions.Select(definition => Checked(() => lab.GetDevice(definition.Name)))], testbed.Name);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the devices of a testbed, and uses one SNMP connection of each. Nothing is connected yet.</summary>
    /// <param name="testbed">The testbed.</param>
    /// <param name="filter">The devices wanted.</param>
    /// <param name="options">The alias to use on each, and its pool.</param>
    /// <param name="trace">The file that all SNMP messages are to be written to; none if null.</param>
    /// <exception cref="UnknownDeviceException">A device is not in the testbed.</exception>
    /// <exception cref="UnknownAliasException">A device has no such connection.</exception>
    /// <exception cref="UsageException">A device cannot be simulated, or has no SNMP connection, or that cannot be made.</exception>
    internal static async Task<Selection> OpenAsync(Testbed testbed, DeviceFilter filter, ConnectOptions options, string? trace = null)
    {
        var selection = await OpenAsync(testbed, filter);
        try
        {
            foreach (var device in selection.Members)
            {
                selection.Use(device, options with { Alias = ConnectionChoice.Choose<ISnmpClient>(device, options.Alias, "SNMP") }, trace);
            }

            return selection;
        }
        catch
        {
            await selection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes one device out of the settings of its only connection, which is used.</summary>
    internal static Selection Of(ConnectionSettings connection, string? trace = null)
    {
        var settings = new DeviceSettings
        {
            Name = connection.DeviceName,
            Connections = new Dictionary<string, ConnectionSettings> { [connection.Alias] = connection },
        };
        var device = new Device(settings, LabClasses.All);
        var selection = new Selection(device, [device]);
        selection.Use(device, new ConnectOptions { Alias = connection.Alias }, trace);
        return selection;
    }

    /// <summary>Makes a connection without connecting it, so that a mistake in a testbed is found before any device is spoken to.</summary>
    /// <param name="device">One of <see cref="Members"/>.</param>
    /// <param name="options">The alias, and its pool.</param>
    /// <param name="trace">The file that all SNMP messages are to be written to; none if null.</param>
    /// <exception cref="UnknownAliasException">The device has no such connection.</exception>
    /// <exception cref="UsageException">The connection cannot be made.</exception>
    internal LabDevice Use(Device device, ConnectOptions options, string? trace = null)
    {
        ConnectionChoice.Require(device.Settings, options.Alias!);
        var isTraced = trace is not null && ConnectionChoice.Serves<ISnmpClient>(device, options.Alias!);
        var used = new LabDevice(device, isTraced ? options with { Arguments = new Dictionary<string, string> { ["trace"] = trace! } } : options);
        Checked(() =>
        {
            device.Connections.Instantiate(used.Options);
            return used;
        });
        _used.Add(used);
        return used;
    }

    /// <summary>Connects every connection that is used, a pool with all its workers.</summary>
    /// <returns>A result for each, in order: whether it is connected.</returns>
    internal Task<IReadOnlyList<CallResult<LabDevice, bool>>> ConnectAsync(CancellationToken cancellationToken) => ParallelCall.RunAsync(
        _used,
        static async (device, token) =>
        {
            await device.Device.Connections.ConnectAsync(device.Options, token);
            return true;
        },
        cancellationToken: cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_watched is not null)
        {
            await _watched.DisposeAsync();
        }

        await _owner.DisposeAsync();
    }

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is ArgumentException or (ConnectionException and not UnknownAliasException))
        {
            throw new UsageException(error.Message, error);
        }
    }
}
