using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public class SetCommandTests
{
    private const string SysDescr = "1.3.6.1.2.1.1.1.0";
    private const string SysContact = "1.3.6.1.2.1.1.4.0";
    private const string SysLocation = "1.3.6.1.2.1.1.6.0";

    private SnmpAgent _agent = null!;
    private string _host = null!;

    [SetUp]
    public void StartAgent()
    {
        _agent = new SnmpAgent();
        _host = _agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1) }).EndPoint.ToString();
    }

    [TearDown]
    public async Task StopAgent() => await _agent.DisposeAsync();

    [Test]
    public async Task Set_prints_what_was_set_and_get_finds_it()
    {
        var set = await ConnectionsProcess.RunAsync("set", _host, "-c", "private", SysLocation, "s", "Berlin, rack 4", SysContact, "x", "6f 70 73");
        var get = await ConnectionsProcess.RunAsync("get", _host, SysLocation, SysContact);

        Assert.That((set.ExitCode, set.Error), Is.EqualTo((0, "")));
        Assert.That(set.Lines, Is.EqualTo(new[] { "SNMPv2-MIB::sysLocation.0 = STRING: Berlin, rack 4", "SNMPv2-MIB::sysContact.0 = STRING: ops" }));
        Assert.That(get.Output, Is.EqualTo(set.Output), get.Error);
    }

    [Test]
    public async Task A_testbed_says_with_which_community_its_devices_are_set()
    {
        using var testbed = new TestbedFile(
            $"devices: {{ r1: {{ connections: {{ snmp: {{ protocol: snmp, ip: {_host.Split(':')[0]}, port: {_host.Split(':')[1]}, community: private }} }} }} }}");

        var set = await ConnectionsProcess.RunAsync("set", "-t", testbed.Path, "--json", SysLocation, "s", "Bern");

        Assert.That(set.Lines, Is.EqualTo(new[] { $$"""{"device":"r1","oid":"{{SysLocation}}","name":"SNMPv2-MIB::sysLocation.0","type":"octetString","value":"Bern"}""" }), set.Error);
    }

    [Test]
    public async Task What_the_agent_refuses_is_a_failure_that_names_the_OID() =>
        (await ConnectionsProcess.RunAsync("set", _host, "-c", "private", SysDescr, "s", "another")).AssertFailed(1, "notWritable", SysDescr);

    [Test]
    public async Task A_value_out_of_range_is_refused_before_anything_is_sent() =>
        (await ConnectionsProcess.RunAsync("set", "127.0.0.1:9", SysLocation, "i", "2147483648"))
            .AssertFailed(2, SysLocation, "'2147483648' is no Integer32", "from -2147483648 to 2147483647");

    [TestCase("needs an OID, a type and a value")]
    [TestCase("'1.3.6.1.2.1.1.6.0' is no assignment", SysLocation)]
    [TestCase("'string' is no type", SysLocation, "string", "x")]
    [TestCase("'z' is no type; the types are i INTEGER", SysLocation, "z", "x")]
    [TestCase("'sysLocaton.0' is no OID", "sysLocaton.0", "s", "x")]
    public async Task A_set_that_makes_no_sense_is_usage(string message, params string[] words) =>
        (await ConnectionsProcess.RunAsync(["set", "127.0.0.1:9", .. words])).AssertFailed(2, message);
}
