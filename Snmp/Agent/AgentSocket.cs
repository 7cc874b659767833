using System.Collections.Concurrent;
using System.Net;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>A socket of the agent, and the devices behind it: one for each address where the socket is shared, otherwise exactly one.</summary>
internal sealed class AgentSocket : IDisposable
{
    private readonly ConcurrentDictionary<DatagramEndPoint, SimulatedDevice> _devices = new();
    private SimulatedDevice? _only;

    /// <exception cref="System.Net.Sockets.SocketException">The endpoint cannot be bound.</exception>
    public AgentSocket(IPEndPoint asked, bool isShared, bool isPortable)
    {
        IsShared = isShared;
        IsPortChosen = asked.Port == 0;
        Transport = DatagramTransport.Open(new DatagramSocketOptions
        {
            LocalEndPoint = isShared ? new IPEndPoint(IPAddress.Any, asked.Port) : asked,
            ReportsLocalAddress = isShared,
            LoopbackOnly = true,
            Portable = isPortable,
        });
    }

    public IDatagramSocket Transport { get; }

    public bool IsShared { get; }

    /// <summary>Whether the system chose the port, so that further devices that ask for any port may share it.</summary>
    public bool IsPortChosen { get; }

    public int Port => Transport.LocalEndPoint.Port;

    public void Add(SimulatedDevice device)
    {
        if (IsShared)
        {
            _devices[DatagramEndPoint.From(device.EndPoint.Address, 0)] = device;
        }
        else
        {
            _only = device;
        }
    }

    public SimulatedDevice? DeviceAt(IPAddress address) => DeviceAt(DatagramEndPoint.From(address, 0));

    /// <summary>The device that a datagram is meant for, by the local address that it came to.</summary>
    public SimulatedDevice? DeviceAt(in DatagramEndPoint local) =>
        IsShared ? _devices.GetValueOrDefault(local) : _only;

    public void Dispose() => Transport.Dispose();
}
