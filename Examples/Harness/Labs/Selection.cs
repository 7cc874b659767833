using Connections.Execution;
using Connections.Pooling;
using Connections.Snmp.Agent;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>The devices that a command works on, real or simulated, and the connection that it uses of each. Disposing it disconnects them all.</summary>
internal sealed class Selection : IAsyncDisposable
{
    private const string Traced = "snmp";

    private readonly IAsyncDisposable _owner;

    private Selection(IAsyncDisposable owner, IReadOnlyList<LabDevice> devices)
    {
        _owner = owner;
        Devices = devices;
    }

    /// <summary>The devices, in the order in which they were asked for.</summary>
    internal IReadOnlyList<LabDevice> Devices { get; }

    /// <summary>Makes the devices of a testbed; simulated ones answer from now on. Nothing is connected yet.</summary>
    /// <param name="testbed">The testbed.</param>
    /// <param name="names">The devices wanted; all if empty.</param>
    /// <param name="options">The alias to use on each, and its pool.</param>
    /// <param name="trace">The file that all SNMP messages are to be written to; none if null.</param>
    /// <exception cref="UnknownDeviceException">A device is not in the testbed.</exception>
    /// <exception cref="UnknownAliasException">A device has no such connection.</exception>
    /// <exception cref="UsageException">A device cannot be simulated, or its connection be made.</exception>
    internal static async Task<Selection> OpenAsync(Testbed testbed, IReadOnlyCollection<string> names, ConnectOptions options, string? trace = null)
    {
        var definitions = names.Count == 0 ? testbed.Devices.Values : names.Select(testbed.GetDevice).Distinct();
        var lab = new Lab(testbed, LabClasses.All, simulators: [new SnmpSimulator()]);
        try
        {
            return new Selection(lab, [.. definitions.Select(definition => Make(() => lab.GetDevice(definition.Name), definition.Settings, options, trace))]);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes one device out of the settings of its only connection.</summary>
    internal static Selection Of(ConnectionSettings connection, string? trace = null)
    {
        var settings = new DeviceSettings
        {
            Name = connection.DeviceName,
            Connections = new Dictionary<string, ConnectionSettings> { [connection.Alias] = connection },
        };
        var device = new Device(settings, LabClasses.All);
        return new Selection(device, [Make(() => device, settings, new ConnectOptions { Alias = connection.Alias }, trace)]);
    }

    /// <summary>Connects every device, a pool with all its workers.</summary>
    /// <returns>A result for each device, in order: whether it is connected.</returns>
    internal Task<IReadOnlyList<CallResult<LabDevice, bool>>> ConnectAsync(CancellationToken cancellationToken) => ParallelCall.RunAsync(
        Devices,
        static async (device, token) =>
        {
            await device.Device.Connections.ConnectAsync(device.Options, token);
            return true;
        },
        cancellationToken: cancellationToken);

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    /// <summary>Makes the connection without connecting it, so that a mistake in a testbed is found before any device is spoken to.</summary>
    private static LabDevice Make(Func<Device> find, DeviceSettings settings, ConnectOptions options, string? trace)
    {
        RequireAlias(settings, options.Alias);
        try
        {
            var device = new LabDevice(find(), OptionsFor(settings, options, trace));
            device.Device.Connections.Instantiate(device.Options);
            return device;
        }
        catch (ConnectionException error) when (error is not UnknownAliasException)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static ConnectOptions OptionsFor(DeviceSettings settings, ConnectOptions options, string? trace)
    {
        var alias = AliasFor(settings, options.Alias);
        var connection = settings.Connections.GetValueOrDefault(alias ?? "") ?? settings.Connections.Values.FirstOrDefault();
        return trace is not null && connection is ({ Protocol: Traced } or { Via: Traced })
            ? options with { Alias = alias, Arguments = new Dictionary<string, string> { ["trace"] = trace } }
            : options with { Alias = alias };
    }

    // An alias that nobody gave is best the name of the connection itself, since messages name it.
    private static string? AliasFor(DeviceSettings settings, string? alias) =>
        alias ?? settings.DefaultAlias ?? (settings.Connections.Count == 1 ? settings.Connections.Keys.Single() : settings.DefaultVia);

    // A device would open its only connection under whatever alias it is given; who names one here means one that exists.
    private static void RequireAlias(DeviceSettings settings, string? alias)
    {
        if (alias is not null && alias != settings.DefaultAlias && !settings.Connections.ContainsKey(alias))
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
