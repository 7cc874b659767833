using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

/// <summary>Names in place of OIDs, values as their modules have them, and the forms of output of Net-SNMP's tools.</summary>
public class NamesCommandTests
{
    private const string Table = """
        1.3.6.1.2.1.1.3.0|67|8640123
        1.3.6.1.2.1.2.2.1.1.1|2|1
        1.3.6.1.2.1.2.2.1.1.2|2|2
        1.3.6.1.2.1.2.2.1.2.1|4|eth0
        1.3.6.1.2.1.2.2.1.2.2|4|eth1
        1.3.6.1.2.1.2.2.1.6.1|4x|001b21ab0cff
        1.3.6.1.2.1.2.2.1.7.1|2|1
        1.3.6.1.2.1.2.2.1.7.2|2|2
        1.3.6.1.2.1.4.34.1.3.1.4.192.0.2.1|2|1
        1.3.6.1.2.1.4.34.1.3.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1|2|2
        1.3.6.1.2.1.31.1.1.1.1.1|4|eth0
        1.3.6.1.2.1.31.1.1.1.6.1|70|123456789012
        """;

    private SnmpAgent _agent = null!;
    private string _host = null!;

    [SetUp]
    public void StartAgent()
    {
        _agent = new SnmpAgent();
        _host = _agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = new MibData(Snmprec.Parse(Table, "names.snmprec").Select(static variable => variable with { IsWritable = true })) }).EndPoint.ToString();
    }

    [TearDown]
    public async Task StopAgent() => await _agent.DisposeAsync();

    private Task<Outcome> RunAsync(string command, params string[] words) => ConnectionsProcess.RunAsync([command, _host, .. words]);

    private static string[][] Words(Outcome outcome) => [.. outcome.Lines.Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    [TestCase("", "IF-MIB::ifAdminStatus.2 = INTEGER: down(2)")]
    [TestCase("-On", ".1.3.6.1.2.1.2.2.1.7.2 = INTEGER: down(2)")]
    [TestCase("-Os", "ifAdminStatus.2 = INTEGER: down(2)")]
    [TestCase("-Ose", "ifAdminStatus.2 = INTEGER: 2")]
    [TestCase("-OsX", "ifAdminStatus[2] = INTEGER: down(2)")]
    [TestCase("-Oqv", "down")]
    [TestCase("-Of", ".iso.org.dod.internet.mgmt.mib-2.interfaces.ifTable.ifEntry.ifAdminStatus.2 = INTEGER: down(2)")]
    public async Task A_value_is_printed_in_the_form_that_is_asked_for(string form, string line)
    {
        string[] words = form.Length == 0 ? ["ifAdminStatus.2"] : [form, "ifAdminStatus.2"];

        var outcome = await RunAsync("get", words);

        Assert.That((outcome.Output, outcome.Error), Is.EqualTo(($"{line}\n", "")));
    }

    [Test]
    public async Task The_letters_may_stand_apart_from_the_option()
    {
        var outcome = await RunAsync("walk", "-O", "nt", "sysUpTime");

        Assert.That((outcome.Output, outcome.Error), Is.EqualTo((".1.3.6.1.2.1.1.3.0 = 8640123\n", "")));
    }

    [Test]
    public async Task A_walk_takes_names_and_shows_indexes_in_words()
    {
        var outcome = await RunAsync("walk", "ifPhysAddress", "IP-MIB::ipAddressIfIndex");

        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            "IF-MIB::ifPhysAddress.1 = STRING: 0:1b:21:ab:c:ff",
            "IP-MIB::ipAddressIfIndex.ipv4.\"192.0.2.1\" = INTEGER: 1",
            "IP-MIB::ipAddressIfIndex.ipv6.\"20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:01\" = INTEGER: 2",
        }), outcome.Error);
    }

    [Test]
    public async Task What_was_printed_is_understood()
    {
        var walk = await RunAsync("walk", "-OX", "ipAddressIfIndex");
        var names = walk.Lines.Select(static line => line.Split(" = ")[0]).ToArray();

        var get = await RunAsync("get", ["-OX", .. names]);

        Assert.That(names, Has.Length.EqualTo(2));
        Assert.That(get.Output, Is.EqualTo(walk.Output), get.Error);
    }

    [Test]
    public async Task Letters_that_mean_nothing_are_usage() =>
        (await RunAsync("get", "-O", "nZ", "sysUpTime.0")).AssertFailed(2, "-O nZ: 'Z' is no form of output");

    [TestCase("ifAdminStatus.2", "up")]
    [TestCase("ifAdminStatus.2", "=", "up(1)")]
    [TestCase("1.3.6.1.2.1.2.2.1.7.2", "=", "1")]
    public async Task A_value_is_set_by_its_label(params string[] words)
    {
        var outcome = await RunAsync("set", ["-c", "private", .. words]);

        Assert.That((outcome.Output, outcome.Error), Is.EqualTo(("IF-MIB::ifAdminStatus.2 = INTEGER: up(1)\n", "")));
    }

    [Test]
    public async Task A_label_that_does_not_exist_is_usage_that_names_those_that_do() =>
        (await RunAsync("set", "ifAdminStatus.2", "dwn")).AssertFailed(2, "ifAdminStatus", "up(1), down(2), testing(3)");

    [Test]
    public async Task A_table_has_the_names_of_its_columns()
    {
        var outcome = await RunAsync("table", "ifTable");

        Assert.That(Words(outcome), Is.EqualTo(new string[][]
        {
            ["ifIndex", "ifDescr", "ifPhysAddress", "ifAdminStatus"],
            ["1", "eth0", "00:1b:21:ab:0c:ff", "up(1)"],
            ["2", "eth1", "down(2)"],
        }), outcome.Error);
    }

    [Test]
    public async Task Chosen_columns_are_joined_with_those_of_a_table_that_augments_it()
    {
        var outcome = await RunAsync("table", "ifTable", "ifDescr", "ifHCInOctets");

        Assert.That(Words(outcome), Is.EqualTo(new string[][] { ["ifIndex", "ifDescr", "ifHCInOctets"], ["1", "eth0", "123456789012"], ["2", "eth1"] }), outcome.Error);
    }

    [Test]
    public async Task The_parts_of_an_index_are_columns()
    {
        var outcome = await RunAsync("table", "--csv", "ipAddressTable");

        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            "device,index,ipAddressAddrType,ipAddressAddr,ipAddressIfIndex",
            $"{_host},1.4.192.0.2.1,ipv4(1),192.0.2.1,1",
            $"{_host},2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1,ipv6(2),2001:db8::1,2",
        }), outcome.Error);
    }

    [Test]
    public async Task As_JSON_a_row_has_its_keys_and_texts()
    {
        var outcome = await RunAsync("table", "--json", "ifTable", "ifAdminStatus");

        Assert.That(outcome.Lines[1].Replace(_host, "HOST", StringComparison.Ordinal), Is.EqualTo(
            """{"device":"HOST","index":"2","keys":{"ifIndex":"2"},"cells":{"ifAdminStatus":{"type":"integer32","value":2,"text":"down(2)"}}}"""), outcome.Error);
    }
}
