using Connections.Pooling;
using Connections.Testbeds;

namespace Connections.Terminal.Simulation;

/// <summary>
/// Plays the connections over Telnet and SSH of the devices that a testbed calls <c>simulated</c>, each device by a <see cref="SimulatedTerminal"/>: with the script that the
/// testbed names, else with a synthetic one, which asks for the user and the password that the testbed has.
/// </summary>
/// <param name="activity">Where the devices count, all together; a count of the simulator's own if null.</param>
/// <param name="timeProvider">The clock of their delays; the system's if null.</param>
public sealed class TerminalSimulator(TerminalActivity? activity = null, TimeProvider? timeProvider = null) : IDeviceSimulator
{
    private const string Telnet = "telnet";
    private const string Ssh = "ssh";

    private readonly List<SimulatedTerminal> _devices = [];

    /// <summary>What the devices are doing, all together.</summary>
    public TerminalActivity Activity { get; } = activity ?? new TerminalActivity();

    /// <inheritdoc/>
    /// <exception cref="TestbedException">The script of the device cannot be read; the message names file, line and key.</exception>
    public DeviceSettings Start(DeviceDefinition device, DeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Connections.Values.Any(IsPlayed))
        {
            return settings;
        }

        var terminal = SimulatedTerminal.Start(ScriptOf(device), Activity, endPoint: null, timeProvider);
        _devices.Add(terminal);
        return settings with
        {
            Connections = settings.Connections.ToDictionary(
                static entry => entry.Key, entry => IsPlayed(entry.Value) ? Redirect(entry.Value, terminal) : entry.Value, StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            await device.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsPlayed(ConnectionSettings connection) => connection.Protocol is Telnet or Ssh;

    private static TerminalScript ScriptOf(DeviceDefinition device)
    {
        var simulation = device.Simulation ?? new SimulationOptions();
        var script = simulation.TerminalScript is { } path ? TerminalScript.Load(path) : SyntheticFor(device);
        return script with { Delay = script.Delay + simulation.Latency };
    }

    private static TerminalScript SyntheticFor(DeviceDefinition device)
    {
        var credentials = device.Connections.Values.First(IsPlayed).Credentials;
        return TerminalScript.Synthetic(device.Name) with
        {
            Login = credentials?.Password is { } password ? new ScriptedLogin { User = credentials.Username, Password = password } : null,
        };
    }

    // The platform is that of the script, whatever the testbed says of the device that it stands for.
    private static ConnectionSettings Redirect(ConnectionSettings connection, SimulatedTerminal device) => connection with
    {
        Protocol = Telnet,
        Host = device.EndPoint.Address.ToString(),
        Port = device.EndPoint.Port,
        Os = device.Script.Os,
        Platform = null,
        Arguments = connection.Arguments.Where(static argument => argument.Key is not ("platform" or "prompt"))
            .ToDictionary(static argument => argument.Key, static argument => argument.Value, StringComparer.Ordinal),
    };
}
