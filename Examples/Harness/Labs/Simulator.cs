using Connections.Snmp.Agent;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>Plays the simulated devices of a testbed in this process.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private const string Protocol = "snmp";
    private const int DefaultInterfaces = 4;

    private SnmpAgent? _agent;

    /// <summary>Starts a device, and points its SNMP connections at it, but for those that another process has.</summary>
    /// <param name="definition">The device.</param>
    /// <param name="simulation">How it behaves.</param>
    /// <param name="settings">Its settings, if they are others than it is defined with.</param>
    /// <exception cref="UsageException">Its recording cannot be played.</exception>
    internal DeviceSettings Start(DeviceDefinition definition, SimulationOptions simulation, DeviceSettings? settings = null)
    {
        _agent ??= new SnmpAgent();
        var community = definition.Connections.Values.Select(CommunityOf).FirstOrDefault(found => found is not null);
        var seed = _agent.Devices.Count + 1;
        var device = _agent.Add(new SimulatedDeviceOptions
        {
            Name = definition.Name,
            Data = DataOf(definition, simulation, seed),
            ReadCommunity = community ?? new Secret("public"),
            Latency = simulation.Latency,
            Loss = simulation.Loss,
            Seed = seed,
        });
        settings ??= definition.Settings;
        return settings with
        {
            Connections = settings.Connections.ToDictionary(entry => entry.Key, entry => Redirect(entry.Value, device)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }
    }

    private static ConnectionSettings Redirect(ConnectionSettings settings, SimulatedDevice device) =>
        settings.IsShared || settings.Protocol is not (null or Protocol) ? settings : settings with
        {
            Protocol = Protocol,
            Host = device.EndPoint.Address.ToString(),
            Port = device.EndPoint.Port,
        };

    private static Secret? CommunityOf(ConnectionSettings settings) => settings.Credentials?.Values.GetValueOrDefault("community");

    private static MibData DataOf(DeviceDefinition definition, SimulationOptions simulation, int seed)
    {
        if (simulation.Recording is not { } recording)
        {
            return SyntheticDevice.Create(definition.Name, seed, simulation.Interfaces ?? DefaultInterfaces);
        }

        try
        {
            return Recording.Load(recording);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or RecordingException)
        {
            throw new UsageException($"The recording of the simulated device '{definition.Name}' cannot be played: {error.Message}", error);
        }
    }
}
