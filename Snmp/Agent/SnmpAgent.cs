using System.Net;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>
/// Simulates any number of SNMP devices in this process, each with a loopback address and port of its own, on one thread. Answers SNMPv1, SNMPv2c and
/// SNMPv3 with the User-based Security Model (RFC 1157, RFC 3416, RFC 3414), and never listens beyond loopback. Devices may be added from any thread at any time.
/// </summary>
/// <remarks>
/// On Linux all IPv4 devices with one port share one socket, bound to the wildcard address but to the loopback interface alone, and an answer leaves from the address that
/// was asked. Elsewhere, and for IPv6, whose only loopback address is ::1, each device has a socket.
/// </remarks>
public sealed partial class SnmpAgent : IAsyncDisposable
{
    private readonly SnmpAgentOptions _options;
    private readonly IDatagramPoller _poller;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _adding = new();
    private readonly List<SimulatedDevice> _devices = [];
    private volatile bool _stopping;

    /// <summary>Starts an agent without devices.</summary>
    /// <param name="options">How it runs, or null for the defaults.</param>
    public SnmpAgent(SnmpAgentOptions? options = null)
    {
        _options = options ?? new SnmpAgentOptions();
        _poller = DatagramTransport.CreatePoller(_options.Portable);
        new Thread(Run) { Name = _options.Name, IsBackground = true }.Start();
    }

    /// <summary>The devices in the order in which they were added.</summary>
    public IReadOnlyList<SimulatedDevice> Devices
    {
        get
        {
            lock (_adding)
            {
                return [.. _devices];
            }
        }
    }

    /// <summary>Ends when the agent has stopped; fails if it stopped because an observer or a computed value threw, or because the platform lacks an algorithm of a user.</summary>
    public Task Completion => _completion.Task;

    /// <summary>How many datagrams came to an address and port where no device is.</summary>
    public long Unclaimed => Volatile.Read(ref _unclaimed);

    /// <summary>Adds a device, which answers from the moment this returns.</summary>
    /// <param name="options">What the device is.</param>
    /// <returns>The device, with the endpoint that it got.</returns>
    /// <exception cref="ArgumentException">The options are invalid: no name, an address beyond loopback, a number out of its range.</exception>
    /// <exception cref="AgentException">The endpoint is in use, by another device or another process.</exception>
    /// <exception cref="ObjectDisposedException">The agent has stopped.</exception>
    public SimulatedDevice Add(SimulatedDeviceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        lock (_adding)
        {
            ObjectDisposedException.ThrowIf(_stopping || _completion.Task.IsCompleted, this);
            var asked = options.EndPoint ?? ChooseEndPoint();
            var socket = SocketFor(options.Name, asked);
            var device = new SimulatedDevice(options, new IPEndPoint(asked.Address, socket.Port), _options.TimeProvider);
            socket.Add(device);
            Publish(socket);
            _devices.Add(device);
            return device;
        }
    }

    /// <summary>Adds many devices, such as those of <see cref="SimulatedDeviceOptions.Repeat"/>, each of which answers from the moment it is added.</summary>
    /// <param name="options">What the devices are.</param>
    /// <returns>The devices, in order.</returns>
    /// <exception cref="ArgumentException">The options of a device are invalid; those before it were added.</exception>
    /// <exception cref="AgentException">The endpoint of a device is in use; those before it were added.</exception>
    /// <exception cref="ObjectDisposedException">The agent has stopped.</exception>
    public IReadOnlyList<SimulatedDevice> AddRange(IEnumerable<SimulatedDeviceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.Select(Add)];
    }

    /// <summary>Stops the agent and closes its sockets. Answers still delayed are never sent.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_adding)
        {
            _stopping = true;
        }

        _poller.Wake();
        await _completion.Task.ConfigureAwait(false);
    }
}
