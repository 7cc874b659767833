using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Operations;

/// <summary>The real thing over TCP: snmpd listens at the same port.</summary>
public class SnmpdTcpOperationsTests(SnmpVersion version, AddressFamily family) : SnmpOperationsTests(version, family)
{
    protected override string Description => "A real snmpd for the tests of Connections";

    protected override string Transport => "tcp";

    protected override IPEndPoint Locate(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? TestServer.Snmpd6 : TestServer.Snmpd;
}
