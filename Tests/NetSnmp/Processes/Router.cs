using System.Net;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>A simulated router, and operations on it whose results are known beforehand.</summary>
internal sealed class Router
{
    /// <summary>How many kinds of operations there are.</summary>
    public const int Kinds = 3;

    private static readonly Oid Table = Oid.Parse("1.3.6.1.2.1.2.2.1.2");
    private static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");

    private readonly VarBind[] _column;

    public Router(SnmpAgent agent, int interfaces)
    {
        var data = SyntheticDevice.Create("router-1", seed: 1, interfaces);
        Device = agent.Add(new SimulatedDeviceOptions { Name = "router-1", Data = data, Users = [TestConnection.UserFor("public")] });
        _column = [.. data.Where(static variable => variable.Oid.StartsWith(Table)).Select(static variable => new VarBind(variable.Oid, variable.Value))];
    }

    public SimulatedDevice Device { get; }

    public IPEndPoint EndPoint => Device.EndPoint;

    /// <summary>GET, a walk or a bulk walk; its result is asserted.</summary>
    public async Task OperateAsync(ISnmpClient client, int kind)
    {
        switch (kind)
        {
            case 0:
                Assert.That(await client.GetAsync(SysName), Is.EqualTo(new VarBind(SysName, SnmpValue.OctetString("router-1"))));
                break;
            case 1:
                Assert.That(await client.WalkAsync(Table).ToListAsync(), Is.EqualTo(_column));
                break;
            default:
                Assert.That(await client.BulkWalkAsync(Table).ToListAsync(), Is.EqualTo(_column));
                break;
        }
    }
}
