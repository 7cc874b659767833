using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Operations;

/// <summary>What the managed engine does with a real snmpd, by Net-SNMP's library.</summary>
public sealed class NetSnmpToSnmpdTests(SnmpVersion version, AddressFamily family) : SnmpdOperationsTests(version, family)
{
    protected override BaseConnection Make(ConnectionSettings settings) => new NetSnmpConnection(settings);
}
