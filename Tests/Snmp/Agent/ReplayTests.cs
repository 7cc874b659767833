using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>What a real snmpd has, recorded and played: the Net-SNMP tools cannot tell the copy from it.</summary>
internal sealed class ReplayTests : AgentFixture
{
    // What stands still while the test runs, of many types: the system group but for its times, interfaces' descriptions, snmpd's own modules.
    private static readonly string[] Roots =
    [
        "1.3.6.1.2.1.1.1", "1.3.6.1.2.1.1.2", "1.3.6.1.2.1.1.9", "1.3.6.1.2.1.2.2.1.1", "1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.5", "1.3.6.1.2.1.2.2.1.6",
        "1.3.6.1.2.1.4.20", "1.3.6.1.6.3.10.2.1.1", "1.3.6.1.6.3.16",
    ];

    private static readonly IPEndPoint Snmpd = IPEndPoint.Parse(
        Environment.GetEnvironmentVariable("CONNECTIONS_SNMPD") ?? throw new InvalidOperationException("Tests/run starts snmpd and sets CONNECTIONS_SNMPD."));

    [TestCase("1")]
    [TestCase("2c")]
    public async Task A_recording_made_by_this_engine_plays_as_its_source(string version)
    {
        var lines = new List<string>();
        await using (var engine = new SnmpEngine())
        {
            var client = new SnmpClient(engine, new SnmpTarget(Snmpd));
            foreach (var root in Roots)
            {
                await foreach (var varBind in client.BulkWalkAsync(root))
                {
                    lines.Add(Snmprec.Format(varBind));
                }
            }
        }

        await AssertSameAsync(version, AddRecorded([.. lines]));
    }

    [TestCase("1")]
    [TestCase("2c")]
    public async Task The_output_of_snmpwalk_plays_as_its_source(string version)
    {
        var printed = new List<string>();
        foreach (var root in Roots)
        {
            printed.AddRange(await WalkAsync("2c", Snmpd, root, "-On", "-Oe"));
        }

        await AssertSameAsync(version, Agent.Add(new SimulatedDeviceOptions { Name = "copy", Data = SnmpWalk.Parse(string.Join('\n', printed), "snmpd.snmpwalk") }));
    }

    private static async Task AssertSameAsync(string version, SimulatedDevice copy)
    {
        Assert.That(copy.Data, Has.Count.GreaterThan(20));
        foreach (var root in Roots)
        {
            Assert.That(await WalkAsync(version, copy.EndPoint, root), Is.EqualTo(await WalkAsync(version, Snmpd, root)), root);
        }
    }

    private static async Task<IReadOnlyList<string>> WalkAsync(string version, IPEndPoint agent, string root, params string[] arguments)
    {
        var (exitCode, lines, errors) = await NetSnmpTool.RunPlainAsync("snmpwalk", version, "public", agent, arguments.Length > 0 ? arguments : ["-On"], root);
        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        return lines;
    }
}
