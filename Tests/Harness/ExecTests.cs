using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public class ExecTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";
    private const string SysContact = "1.3.6.1.2.1.1.4.0";
    private const string SysLocation = "1.3.6.1.2.1.1.6.0";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2";

    [Test]
    public async Task Commands_run_on_all_simulated_devices_in_the_order_of_the_testbed()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--json", "get", SysName, $"walk {IfDescr}");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
            Assert.That(outcome.Error, Is.Empty);
            Assert.That(
                outcome.Json.Select(record => (record.GetProperty("device").GetString(), record.GetProperty("command").GetString())),
                Is.EqualTo(new[] { ("edge1", $"get {SysName}"), ("edge1", $"walk {IfDescr}"), ("edge2", $"get {SysName}"), ("edge2", $"walk {IfDescr}") }));
            Assert.That(outcome.Json[2].GetProperty("values")[0].GetProperty("value").GetString(), Is.EqualTo("edge2"));
            Assert.That(outcome.Json[1].GetProperty("values").GetArrayLength(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task As_text_every_value_has_a_line_and_a_pipe_gets_no_escape_sequences()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "-d", "edge2", $"get {SysName}", $"walk {IfDescr}");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
            Assert.That(outcome.Output, Does.Not.Contain("edge1").And.Not.Contain('\u001b'));
            Assert.That(outcome.Lines, Has.Exactly(1).StartsWith($"edge2: get {SysName}  queued ").And.Exactly(1).EqualTo("SNMPv2-MIB::sysName.0 = STRING: edge2"));
            Assert.That(outcome.Lines, Has.Exactly(1).StartsWith($"edge2: walk {IfDescr}  queued ").And.Exactly(4).StartsWith("IF-MIB::ifDescr."));
        });
    }

    [Test]
    public async Task A_device_is_selected_once_however_it_is_named()
    {
        using var testbed = new TestbedFile("""
            devices: { r1: { alias: uut, simulated: true, connections: { snmp: } }, r2: { simulated: true, connections: { snmp: } } }
            """);
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "-d", "uut", "-d", "r1", "--json", "get", SysName);
        Assert.That(outcome.Json.Select(record => record.GetProperty("device").GetString()), Is.EqualTo(new[] { "r1" }), outcome.Error);
    }

    [Test]
    public async Task A_connection_without_a_pool_serves_one_command_at_a_time()
    {
        using var testbed = new TestbedFile("devices: { r1: { simulated: true, connections: { snmp: } } }");
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--json", "get", SysName, "get", SysName);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
            Assert.That(outcome.Json.Select(record => record.GetProperty("ticket").GetInt64()), Is.All.Zero.And.Exactly(2).Items);
        });
    }

    [Test]
    public async Task A_pool_of_the_size_asked_for_is_opened_whatever_the_testbed_says()
    {
        using var testbed = new TestbedFile("devices: { r1: { simulated: true, connections: { snmp: } } }");
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--pool", "2", "--json", "get", SysName, "get", SysName);
        Assert.That(outcome.Json.Select(record => record.GetProperty("ticket").GetInt64()), Is.EquivalentTo(new[] { 1, 2 }), outcome.Error);
    }

    [Test]
    public async Task Set_changes_each_device_and_a_value_may_hold_spaces_and_verbs()
    {
        await using var agent = new SnmpAgent();
        var devices = new[] { "r1", "r2" }
            .Select(name => agent.Add(new SimulatedDeviceOptions { Name = name, Data = SyntheticDevice.Create(name, seed: 1) }).EndPoint).ToArray();
        using var testbed = new TestbedFile($$"""
            devices:
              r1: { connections: { snmp: { protocol: snmp, ip: {{devices[0].Address}}, port: {{devices[0].Port}}, community: private } } }
              r2: { connections: { snmp: { protocol: snmp, ip: {{devices[1].Address}}, port: {{devices[1].Port}}, community: private } } }
            """);

        var outcome = await ConnectionsProcess.RunAsync(
            "exec", "-t", testbed.Path, "--json", "set", SysLocation, "s", "get Berlin, rack 4", SysContact, "x", "6f 70 73", "get", SysLocation, SysContact);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(
            outcome.Json.Select(record => (record.GetProperty("device").GetString(), record.GetProperty("command").GetString())),
            Is.EqualTo(new[] { "r1", "r2" }.SelectMany(name => new[] { (name, $"set {SysLocation} {SysContact}"), (name, $"get {SysLocation} {SysContact}") })));
        Assert.That(
            outcome.Json.SelectMany(record => record.GetProperty("values").EnumerateArray()).Select(value => value.GetProperty("value").GetString()),
            Is.EqualTo(Enumerable.Repeat(new[] { "get Berlin, rack 4", "ops" }, 4).SelectMany(static values => values)));
    }

    [Test]
    public async Task What_a_device_refuses_to_set_fails_and_names_the_OID()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);

        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "-d", "edge1", "set", SysName, "i", "1");

        outcome.AssertFailed(1, "edge1", SysName);
    }

    [Test]
    public async Task One_device_that_does_not_answer_fails_alone()
    {
        using var testbed = new TestbedFile("""
            devices:
              dead: { connections: { snmp: { protocol: snmp, ip: 127.0.0.1, port: 9, arguments: { timeout: 0.1, retries: 0 } } } }
              live: { simulated: true, connections: { snmp: { pool_size: 1 } } }
            """);
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--json", "get", SysName);
        outcome.AssertFailed(1, "dead", "127.0.0.1:9");
        Assert.That(outcome.Json[^1].GetProperty("values")[0].GetProperty("value").GetString(), Is.EqualTo("live"));
    }

    [Test]
    public async Task A_command_that_no_worker_took_in_time_fails_and_the_others_do_not()
    {
        using var testbed = new TestbedFile("""
            devices:
              slow: { simulated: { latency: 1 }, connections: { snmp: { pool_size: 1, arguments: { timeout: 20 } } } }
            """);
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--timeout", "0.05", "--json", "get", SysName, "get", SysName);
        outcome.AssertFailed(1, "slow", "get 1.3.6.1.2.1.1.5.0");
        Assert.That(outcome.Json.Select(record => record.GetProperty("ok").GetBoolean()), Is.EqualTo(new[] { true, false }));
    }
}
