using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>An answer that is ready but not yet due. <paramref name="Octets"/> belong to <see cref="DelayedReplies"/>.</summary>
internal readonly record struct DelayedReply(
    AgentSocket Socket, SimulatedDevice Device, byte[] Octets, int Length, DatagramEndPoint Peer, DatagramEndPoint Local);
