using System.Net;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

/// <summary>A request as it reached a simulated device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Order">1 for the first request that reached the device, 2 for the second, and so on.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Type">The operation.</param>
/// <param name="RequestId">The request-id that the manager chose.</param>
/// <param name="FirstName">The first name asked for; the empty OID where none is.</param>
public readonly record struct ArrivedRequest(
    SimulatedDevice Device, long Order, IPEndPoint Source, PduType Type, int RequestId, Oid FirstName)
{
    /// <summary>The version of the message.</summary>
    public SnmpVersion Version { get; init; }

    /// <summary>The user who asks; null for a request of SNMPv1 or SNMPv2c.</summary>
    public SnmpUser? User { get; init; }

    /// <summary>The context that is asked; empty for the default one.</summary>
    public string ContextName { get; init; } = "";
}
