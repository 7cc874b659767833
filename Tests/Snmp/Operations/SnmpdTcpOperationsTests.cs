using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Operations;

/// <summary>The real thing over TCP: snmpd listens at the same port.</summary>
public class SnmpdTcpOperationsTests(SnmpVersion version, AddressFamily family) : SnmpOperationsTests(version, family)
{
    protected override string Description => "A real snmpd for the tests of Connections";

    // What it lets whom see (RFC 3415).
    protected override Oid LastRoot { get; } = Oid.Parse("1.3.6.1.6.3.16");

    protected override string Transport => "tcp";

    protected override IPEndPoint Locate(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? TestServer.Snmpd6 : TestServer.Snmpd;
}
