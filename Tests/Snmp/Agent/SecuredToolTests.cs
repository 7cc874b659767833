using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The Net-SNMP tools, an independent manager, speak SNMPv3 with the agent.</summary>
internal sealed class SecuredToolTests : AgentFixture
{
    private static readonly string IfTable = Oid.Parse(Names.IfEntry).Parent.ToString();

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public async Task Every_pair_of_protocols_reads_writes_and_walks(SnmpUser user)
    {
        var device = AddRouter(user);

        var set = await UserTool.RunAsync("snmpset", user, device.EndPoint, Names.SysName, "s", "renamed");
        var get = await UserTool.RunAsync("snmpget", user, device.EndPoint, Names.SysName);
        var walk = await UserTool.RunAsync("snmpbulkwalk", user, device.EndPoint, "-Cr20", IfTable);

        Assert.That((set.ExitCode, set.Errors), Is.EqualTo((0, "")));
        Assert.That((get.ExitCode, get.Errors), Is.EqualTo((0, "")));
        Assert.That((walk.ExitCode, walk.Errors), Is.EqualTo((0, "")));
        Assert.That(get.Lines, Is.EqualTo(new[] { $".{Names.SysName} = Hex-STRING: 72 65 6E 61 6D 65 64" }));
        Assert.That(
            walk.Lines.Select(line => line[1..line.IndexOf(' ')]),
            Is.EqualTo(device.Data.Select(variable => variable.Oid.ToString()).Where(name => name.StartsWith(IfTable, StringComparison.Ordinal))));
    }

    private SimulatedDevice AddRouter(params SimulatedUser[] users) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "r1",
        Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 2),
        Users = users,
    });
}
