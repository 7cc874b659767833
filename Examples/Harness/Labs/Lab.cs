using Connections.Execution;
using Connections.NetSnmp;
using Connections.NetSnmp.Sharing;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>The devices that a command works on, real or simulated. Disposing it disconnects them all.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly ConnectionClasses Classes = new ConnectionClasses().AddSnmp().AddNetSnmp().AddSharedSnmp();

    private readonly Simulator _simulator = new();
    private readonly List<LabDevice> _devices = [];
    private readonly ConnectOptions _options;

    private Lab(ConnectOptions options) => _options = options;

    /// <summary>The devices, in the order in which they were asked for.</summary>
    internal IReadOnlyList<LabDevice> Devices => _devices;

    /// <summary>Makes the devices of a testbed; simulated ones answer from now on. Nothing is connected yet.</summary>
    /// <param name="testbed">The testbed.</param>
    /// <param name="names">The devices wanted; all if empty.</param>
    /// <param name="options">The alias to use on each, and its pool.</param>
    /// <param name="trace">The file that all SNMP messages are to be written to; none if null.</param>
    /// <exception cref="UnknownDeviceException">A device is not in the testbed.</exception>
    /// <exception cref="UnknownAliasException">A device has no such connection.</exception>
    /// <exception cref="UsageException">A device cannot be simulated, or its connection be made.</exception>
    internal static async Task<Lab> OpenAsync(Testbed testbed, IReadOnlyCollection<string> names, ConnectOptions options, string? trace = null)
    {
        var definitions = names.Count == 0 ? testbed.Devices.Values : names.Select(testbed.GetDevice).Distinct();
        var lab = new Lab(options);
        try
        {
            foreach (var definition in definitions)
            {
                var settings = definition.Simulation is { } simulation ? lab._simulator.Start(definition, simulation) : definition.Settings;
                lab.Add(Tracing.Into(trace, settings));
            }

            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes one device out of the settings of its only connection.</summary>
    internal static Lab Of(ConnectionSettings connection, string? trace = null)
    {
        var lab = new Lab(new ConnectOptions { Alias = connection.Alias });
        lab.Add(Tracing.Into(trace, new DeviceSettings
        {
            Name = connection.DeviceName,
            Connections = new Dictionary<string, ConnectionSettings> { [connection.Alias] = connection },
        }));
        return lab;
    }

    /// <summary>Connects every device, a pool with all its workers.</summary>
    /// <returns>A result for each device, in order: whether it is connected.</returns>
    internal Task<IReadOnlyList<CallResult<LabDevice, bool>>> ConnectAsync(CancellationToken cancellationToken) => ParallelCall.RunAsync(
        _devices,
        async (device, token) =>
        {
            await device.Device.Connections.ConnectAsync(_options with { Alias = device.Alias }, token);
            return true;
        },
        cancellationToken: cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_devices.Select(device => device.Device.DisposeAsync().AsTask()));
        await _simulator.DisposeAsync();
    }

    /// <summary>Makes the connection without connecting it, so that a mistake in a testbed is found before any device is spoken to.</summary>
    private void Add(DeviceSettings settings)
    {
        RequireAlias(settings);
        var device = new Device(settings, Classes);
        var alias = AliasFor(settings);
        _devices.Add(new LabDevice(device, alias));
        try
        {
            device.Connections.Instantiate(_options with { Alias = alias });
        }
        catch (ConnectionException error) when (error is not UnknownAliasException)
        {
            throw new UsageException(error.Message, error);
        }
    }

    // An alias that nobody gave is best the name of the connection itself, since messages name it.
    private string? AliasFor(DeviceSettings settings) =>
        _options.Alias ?? settings.DefaultAlias ?? (settings.Connections.Count == 1 ? settings.Connections.Keys.Single() : settings.DefaultVia);

    // A device would open its only connection under whatever alias it is given; who names one here means one that exists.
    private void RequireAlias(DeviceSettings settings)
    {
        if (_options.Alias is { } alias && alias != settings.DefaultAlias && !settings.Connections.ContainsKey(alias))
        {
            var known = settings.Connections.Count == 0 ? "none" : string.Join(", ", settings.Connections.Keys);
            throw new UnknownAliasException($"The device '{settings.Name}' has no connection '{alias}'; it has {known}.")
            {
                Alias = alias,
                Device = settings.Name,
            };
        }
    }
}
