using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

/// <summary>A synthetic device of the embedded agent.</summary>
public class EmbeddedAgentOperationsTests(SnmpVersion version, AddressFamily family) : SnmpOperationsTests(version, family)
{
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    private readonly SnmpAgent _embedded = new();
    private readonly MibData _data = SyntheticDevice.Create("router-1", seed: 1);

    protected override string Description => _data[_data.IndexOf(SysDescr)].Value.ToText();

    // All that it has is little.
    protected override Oid LastRoot { get; } = Oid.Parse("1.3");

    protected override IPEndPoint Locate(AddressFamily family) => _embedded.Add(new SimulatedDeviceOptions
    {
        Name = "router-1",
        Data = _data,
        Users = [new SimulatedUser(TestConnection.UserFor("public")) { WriteLevel = null }, TestConnection.UserFor("private")],
        EndPoint = new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0),
    }).EndPoint;

    [OneTimeTearDown]
    public async Task StopAsync() => await _embedded.DisposeAsync();
}
