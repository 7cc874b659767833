using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>Whose answer goes where.</summary>
/// <param name="Socket">The socket that the request came to.</param>
/// <param name="Device">The device that answers.</param>
/// <param name="Peer">Who asked.</param>
/// <param name="Local">The address that was asked, from which the answer leaves.</param>
internal readonly record struct Reply(AgentSocket Socket, SimulatedDevice Device, DatagramEndPoint Peer, DatagramEndPoint Local)
{
    /// <summary>Whether the answer was sent already, so that its request is not counted as answered again.</summary>
    public bool IsCopy { get; init; }
}
