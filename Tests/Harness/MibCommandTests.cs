using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public sealed class MibCommandTests
{
    private const string Acme = """
        ACME-MIB DEFINITIONS ::= BEGIN
        IMPORTS enterprises, OBJECT-TYPE, Integer32 FROM SNMPv2-SMI;
        acme OBJECT IDENTIFIER ::= { enterprises 99999 }
        acmeLevel OBJECT-TYPE SYNTAX Integer32 (0..7) UNITS "dB" MAX-ACCESS read-write STATUS current
            DESCRIPTION "How loud
                         it is." DEFVAL { 3 } ::= { acme 1 }
        acmeLost OBJECT IDENTIFIER ::= { nowhere 1 }
        END
        """;

    private string _file = null!;

    [SetUp]
    public void SetUp()
    {
        _file = Path.Combine(Directory.CreateTempSubdirectory("mib-command-").FullName, "acme.mib");
        File.WriteAllText(_file, Acme);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [TestCase("ifAdminStatus.3")]
    [TestCase("IF-MIB::ifAdminStatus.3")]
    [TestCase("1.3.6.1.2.1.2.2.1.7.3")]
    public async Task A_name_or_an_OID_is_looked_up(string asked)
    {
        var outcome = await ConnectionsProcess.RunAsync("mib", asked);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            "IF-MIB::ifAdminStatus.3 = 1.3.6.1.2.1.2.2.1.7.3",
            "  path         iso.org.dod.internet.mgmt.mib-2.interfaces.ifTable.ifEntry.ifAdminStatus",
            "  kind         column",
            "  syntax       INTEGER { up(1), down(2), testing(3) }",
            "  access       read-write",
            "  status       current",
            "  index        ifIndex",
            "  defined in   IF-MIB (built in)",
        }));
    }

    [Test]
    public async Task A_module_of_a_file_tells_more()
    {
        var outcome = await ConnectionsProcess.RunAsync("mib", "--mibs", _file, "acmeLevel");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines[0], Is.EqualTo("ACME-MIB::acmeLevel = 1.3.6.1.4.1.99999.1"));
        Assert.That(outcome.Lines.Skip(3), Is.EqualTo(new[]
        {
            "  syntax       Integer32 (0..7)",
            "  units        dB",
            "  access       read-write",
            "  status       current",
            "  default      3",
            $"  defined in   {_file}:4",
            "  description  How loud",
            "               it is.",
        }));
    }

    [Test]
    public async Task As_JSON_it_tells_the_same()
    {
        var outcome = await ConnectionsProcess.RunAsync("mib", "--json", "ifAdminStatus", "vacmGroupName");

        var (status, group) = (outcome.Json[0], outcome.Json[1]);
        Assert.That(status.GetProperty("name").GetString(), Is.EqualTo("IF-MIB::ifAdminStatus"));
        Assert.That(status.GetProperty("syntax").GetProperty("labels").GetProperty("down").GetInt32(), Is.EqualTo(2));
        Assert.That(status.GetProperty("access").GetString(), Is.EqualTo("read-write"));
        Assert.That(group.GetProperty("index").EnumerateArray().Select(part => part.GetProperty("name").GetString()), Is.EqualTo(new[] { "vacmSecurityModel", "vacmSecurityName" }));
    }

    [Test]
    public async Task A_tree_is_shown_with_all_that_is_below()
    {
        var outcome = await ConnectionsProcess.RunAsync("mib", "--tree", "ifStackTable");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            "ifStackTable 1.3.6.1.2.1.31.1.2 table",
            "  ifStackEntry 1 row (ifStackHigherLayer, ifStackLowerLayer)",
            "    ifStackHigherLayer 1 column not-accessible InterfaceIndexOrZero (0..2147483647)",
            "    ifStackLowerLayer 2 column not-accessible InterfaceIndexOrZero (0..2147483647)",
            "    ifStackStatus 3 column read-create RowStatus { active(1), notInService(2), notReady(3), createAndGo(4), createAndWait(5), destroy(6) }",
        }));
    }

    [Test]
    public async Task An_unknown_name_names_near_ones() =>
        (await ConnectionsProcess.RunAsync("mib", "ifDecsr")).AssertFailed(1, "'ifDecsr'", "did you mean IF-MIB::ifDescr?");

    [Test]
    public async Task Nothing_to_look_up_is_usage() => (await ConnectionsProcess.RunAsync("mib")).AssertFailed(2, "'mib ifDescr'");

    [Test]
    public async Task A_path_that_is_not_there_is_usage() => (await ConnectionsProcess.RunAsync("mib", "--mibs", "/nowhere/acme.mib", "sysDescr")).AssertFailed(2, "/nowhere/acme.mib");

    [Test]
    public async Task A_check_says_what_is_wrong_with_file_and_line()
    {
        var outcome = await ConnectionsProcess.RunAsync("mib", "--check", _file);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Lines, Has.Count.EqualTo(2));
        Assert.That(outcome.Lines[0], Does.StartWith($"{_file}:7: error: 'nowhere', under which 'acmeLost' stands, is defined nowhere."));
        Assert.That(outcome.Lines[1], Is.EqualTo("1 modules with 2 names: 1 errors, 0 warnings"));
    }

    [Test]
    public async Task Names_are_understood_wherever_an_OID_is()
    {
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 2) });
        var host = device.EndPoint.ToString();

        var get = await ConnectionsProcess.RunAsync("get", host, "sysName.0", "--json");
        var walk = await ConnectionsProcess.RunWithAsync(new Dictionary<string, string?> { ["CONNECTIONS_MIBS"] = Path.GetDirectoryName(_file) }, "walk", host, "IF-MIB::ifDescr", "acme", "--json");

        Assert.That((get.ExitCode, get.Error), Is.EqualTo((0, "")));
        Assert.That(get.Json.Single().GetProperty("oid").GetString(), Is.EqualTo("1.3.6.1.2.1.1.5.0"));
        Assert.That((walk.ExitCode, walk.Error), Is.EqualTo((0, "")));
        Assert.That(walk.Json.Select(line => line.GetProperty("oid").GetString()), Is.EqualTo(new[] { "1.3.6.1.2.1.2.2.1.2.1", "1.3.6.1.2.1.2.2.1.2.2" }));
    }
}
