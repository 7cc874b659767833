using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Operations;

/// <summary>What the managed engine does with the embedded agent, by Net-SNMP's library.</summary>
public sealed class NetSnmpToEmbeddedAgentTests(SnmpVersion version, AddressFamily family) : EmbeddedAgentOperationsTests(version, family)
{
    protected override BaseConnection Make(ConnectionSettings settings) => new NetSnmpConnection(settings);
}
