using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Agent;

public sealed partial class SnmpAgent
{
    // Grows only, by replacement, under the lock of Add; the agent's thread reads it without.
    private volatile AgentSocket[] _sockets = [];
    private uint _chosenAddresses;

    private bool SharesSockets => OperatingSystem.IsLinux() && !_options.Portable;

    /// <summary>An address that no other device of this agent was given by choice; the port is left to the system.</summary>
    private IPEndPoint ChooseEndPoint()
    {
        if (!SharesSockets)
        {
            return new IPEndPoint(IPAddress.Loopback, 0);
        }

        var number = _chosenAddresses++;
        return new IPEndPoint(new IPAddress([127, (byte)(64 + number / 64_516 % 64), (byte)(1 + number / 254 % 254), (byte)(1 + number % 254)]), 0);
    }

    private AgentSocket SocketFor(string device, IPEndPoint asked)
    {
        var isShared = SharesSockets && asked.AddressFamily == AddressFamily.InterNetwork;
        if (isShared && FindShared(asked) is { } socket)
        {
            return socket.DeviceAt(asked.Address) is not { } other
                ? socket
                : throw new AgentException(device, $"The simulated device '{device}' cannot be at {asked}: '{other.Name}' is there. Choose another address or port.");
        }

        try
        {
            return Open(asked, isShared);
        }
        catch (SocketException problem)
        {
            throw new AgentException(
                device,
                $"The simulated device '{device}' cannot be at {asked}: {problem.Message}. Choose another port, or 0 for a free one.",
                problem);
        }
    }

    private AgentSocket? FindShared(IPEndPoint asked) => Array.Find(_sockets, asked.Port == 0
        ? socket => socket.IsShared && socket.IsPortChosen && socket.DeviceAt(asked.Address) is null
        : socket => socket.IsShared && socket.Port == asked.Port);

    private AgentSocket Open(IPEndPoint asked, bool isShared)
    {
        try
        {
            return new AgentSocket(asked, isShared, _options.Portable);
        }
        catch (SocketException problem) when (isShared && problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Another process may hold the port at one address, which keeps the wildcard address but not this one from being bound.
            return new AgentSocket(asked, isShared: false, _options.Portable);
        }
    }

    private void Publish(AgentSocket socket)
    {
        if (Array.IndexOf(_sockets, socket) >= 0)
        {
            return;
        }

        _sockets = [.. _sockets, socket];
        _poller.Wake();
    }
}
