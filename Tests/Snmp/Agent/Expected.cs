using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>What a device holds, read without the network.</summary>
internal static class Expected
{
    public static List<VarBind> Values(SimulatedDevice device) =>
        [.. device.Data.Select(variable => new VarBind(variable.Oid, Value(device, variable.Oid)))];

    public static SnmpValue Value(SimulatedDevice device, Oid oid)
    {
        Assert.That(device.TryRead(oid, out var value), Is.True);
        return value;
    }
}
