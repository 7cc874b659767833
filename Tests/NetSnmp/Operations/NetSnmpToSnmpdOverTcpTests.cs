using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Operations;

/// <summary>What the managed engine does with a real snmpd over TCP, by Net-SNMP's library.</summary>
public sealed class NetSnmpToSnmpdOverTcpTests(SnmpVersion version, AddressFamily family) : SnmpdTcpOperationsTests(version, family)
{
    protected override BaseConnection Make(ConnectionSettings settings) => new NetSnmpConnection(settings);
}
