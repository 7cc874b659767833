using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Agent;

/// <summary>One recording, played by snmpsim and by this agent: the Net-SNMP tools cannot tell which is which.</summary>
internal sealed class SnmpsimTests : AgentFixture
{
    // What snmpsim calls its recording: the community of SNMPv2c, the context of SNMPv3.
    private const string Played = "public";

    private static IEnumerable<SnmpUser> Users =>
        from user in Pairs.Users
        where user.Level == SecurityLevel.AuthPriv
        select Pairs.User(user.Authentication, user.Privacy, $"{user.Authentication}-{user.Privacy}") with { ContextName = Played };

    [Test]
    public async Task A_walk_in_SNMPv2c_reads_the_same()
    {
        var device = Play();

        var ours = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", Played, device.EndPoint, "-Cr10", ".1");
        var theirs = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", Played, TestServer.Snmpsim, "-Cr10", ".1");

        Assert.That((ours.ExitCode, ours.Errors), Is.EqualTo((0, "")));
        Assert.That(ours.Lines, Is.EqualTo(theirs.Lines.Distinct()));
        Assert.That(ours.Lines, Has.Count.GreaterThan(device.Data.Count));
    }

    [TestCaseSource(nameof(Users))]
    public async Task A_walk_in_SNMPv3_reads_the_same_with_every_pair_of_protocols(SnmpUser user)
    {
        var device = Play(user);

        var ours = await UserTool.RunAsync("snmpbulkwalk", user, device.EndPoint, "-Cr10", ".1");
        var theirs = await UserTool.RunAsync("snmpbulkwalk", user, TestServer.Snmpsim, "-Cr10", ".1");

        Assert.That((ours.ExitCode, ours.Errors), Is.EqualTo((0, "")));
        Assert.That(ours.Lines, Is.EqualTo(theirs.Lines.Distinct()), "at the end snmpsim fills the page with endOfMibView, and this agent stops; either may be (RFC 3416 section 4.2.3)");
        Assert.That(ours.Lines, Has.Count.EqualTo(Recording().Count + 1));
    }

    [TestCase("2c")]
    [TestCase("3")]
    public async Task Single_variables_of_each_type_read_the_same(string version)
    {
        var user = Users.Single(user => user.Name == "Sha1-Aes256C");
        var device = version == "3" ? Play(user) : Play();
        string[] names = [.. Recording().Select(variable => variable.Oid.ToString())];

        foreach (var tool in new[] { "snmpget", "snmpgetnext" })
        {
            var (ours, theirs) = version == "3"
                ? ((await UserTool.RunAsync(tool, user, device.EndPoint, names)).Lines, (await UserTool.RunAsync(tool, user, TestServer.Snmpsim, names)).Lines)
                : ((await NetSnmpTool.RunAsync(tool, version, Played, device.EndPoint, names)).Lines,
                    (await NetSnmpTool.RunAsync(tool, version, Played, TestServer.Snmpsim, names)).Lines);
            Assert.That(ours, Is.EqualTo(theirs));
            Assert.That(ours, Has.Count.EqualTo(names.Length));
        }
    }

    private SimulatedDevice Play(params SimulatedUser[] users) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "played",
        Data = Recording(),
        ReadCommunity = new Secret(Played),
        Users = users,
        Contexts = new Dictionary<string, MibData> { [Played] = Recording() },
    });

    private static MibData Recording() => Snmprec.Load(Path.Combine(TestServer.SnmpsimRecordings, $"{Played}.snmprec"));
}
