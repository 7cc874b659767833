using Connections.Pooling;
using Connections.Snmp.Protocol.Usm;
using Connections.Testbeds;

namespace Connections.Snmp.Agent;

/// <summary>
/// Plays the SNMP connections of the devices that a testbed calls <c>simulated</c>, all by one <see cref="SnmpAgent"/>. The community, or the users of SNMPv3, are those that the
/// testbed gives its connections. Connections that another process of the machine has (<c>shared</c>) are left alone: that process plays them.
/// </summary>
public sealed class SnmpSimulator : IDeviceSimulator
{
    private const string Protocol = "snmp";
    private const int DefaultInterfaces = 4;

    private SnmpAgent? _agent;

    /// <inheritdoc/>
    /// <exception cref="ConnectionException">The device's recording cannot be played, or an argument of its connections is not allowed.</exception>
    public DeviceSettings Start(DeviceDefinition device, DeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        var played = settings.Connections.Where(static entry => IsPlayed(entry.Value)).ToDictionary(StringComparer.Ordinal);
        if (played.Count == 0)
        {
            return settings;
        }

        var simulated = Add(device, [.. played.Values.Select(static connection => new SnmpArguments(connection).ToOptions())]);
        return settings with
        {
            Connections = settings.Connections.ToDictionary(
                static entry => entry.Key, entry => played.ContainsKey(entry.Key) ? Redirect(entry.Value, simulated) : entry.Value, StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _agent?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsPlayed(ConnectionSettings connection) => !connection.IsShared && connection.Protocol is (null or Protocol);

    private SimulatedDevice Add(DeviceDefinition device, IReadOnlyList<SnmpOptions> askers)
    {
        _agent ??= new SnmpAgent();
        var simulation = device.Simulation ?? new SimulationOptions();
        var seed = _agent.Devices.Count + 1;
        var data = DataOf(device.Name, simulation, seed);
        var users = askers.Select(static asker => asker.User).OfType<SnmpUser>().DistinctBy(static user => user.Name).ToList();
        return _agent.Add(new SimulatedDeviceOptions
        {
            Name = device.Name,
            Data = data,
            ReadCommunity = askers.FirstOrDefault(static asker => asker.User is null)?.Community ?? SnmpOptions.Default.Community,
            Users = [.. users.Select(static user => new SimulatedUser(user))],
            Contexts = users.Select(static user => user.ContextName).Where(static name => name.Length > 0).Distinct().ToDictionary(static name => name, _ => data),
            Latency = simulation.Latency,
            Loss = simulation.Loss,
            Seed = seed,
        });
    }

    private static MibData DataOf(string device, SimulationOptions simulation, int seed)
    {
        if (simulation.Recording is not { } recording)
        {
            return SyntheticDevice.Create(device, seed, simulation.Interfaces ?? DefaultInterfaces);
        }

        try
        {
            return Recording.Load(recording);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or RecordingException)
        {
            throw new ConnectionException($"The recording of the simulated device '{device}' cannot be played: {error.Message}", error) { Device = device };
        }
    }

    private static ConnectionSettings Redirect(ConnectionSettings connection, SimulatedDevice device) => connection with
    {
        Protocol = Protocol,
        Host = device.EndPoint.Address.ToString(),
        Port = device.EndPoint.Port,
    };
}
