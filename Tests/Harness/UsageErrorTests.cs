namespace Connections.Harness.Tests;

public class UsageErrorTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";

    private static async Task<Outcome> ExecAsync(string yaml, params string[] arguments)
    {
        using var testbed = new TestbedFile(yaml);
        return await ConnectionsProcess.RunAsync(["exec", "-t", testbed.Path, .. arguments]);
    }

    [Test]
    public async Task An_unknown_alias_names_those_that_exist() =>
        (await ExecAsync(TestbedFile.TwoDevices, "-a", "snpm", "get", SysName)).AssertFailed(2, "edge1", "snpm", "snmp");

    [Test]
    public async Task An_unknown_device_names_those_that_exist() =>
        (await ExecAsync(TestbedFile.TwoDevices, "-d", "egde1", "get", SysName)).AssertFailed(2, "egde1", "it has edge1, edge2", "did you mean 'edge1'?");

    [Test]
    public async Task A_wrong_value_in_a_testbed_names_file_line_and_key()
    {
        var outcome = await ExecAsync(TestbedFile.TwoDevices.Replace("pool_size: 2", "pool_size: two", StringComparison.Ordinal), "get", SysName);
        outcome.AssertFailed(2, ".yaml:5: devices.edge1.connections.snmp.pool_size: 'two'");
    }

    [Test]
    public async Task A_testbed_that_is_no_YAML_names_file_and_line() =>
        (await ExecAsync("devices:\n  r1: {}\n r2: {}\n", "get", SysName)).AssertFailed(2, ".yaml:3: ", "no valid YAML");

    [Test]
    public async Task A_missing_testbed_is_named() =>
        (await ConnectionsProcess.RunAsync("exec", "-t", "/nowhere/lab.yaml", "get", SysName)).AssertFailed(2, "/nowhere/lab.yaml", "there is no such file");

    [Test]
    public async Task A_missing_environment_variable_is_named_with_its_place()
    {
        using var testbed = new TestbedFile("devices:\n  r1:\n    connections: { snmp: { protocol: snmp, ip: \"%ENV{LAB_IP_NOT_SET}\" } }\n");
        var outcome = await ConnectionsProcess.RunWithAsync(
            new Dictionary<string, string?> { ["LAB_IP_NOT_SET"] = null }, "exec", "-t", testbed.Path, "get", SysName);
        outcome.AssertFailed(2, ".yaml:3: devices.r1.connections.snmp.ip: the environment variable LAB_IP_NOT_SET is not set");
    }

    [Test]
    public async Task A_class_that_is_not_registered_is_named() =>
        (await ExecAsync("devices: { r1: { connections: { api: { protocol: netconf, ip: 127.0.0.1 } } } }", "get", SysName)).AssertFailed(2, "r1", "api (netconf)");

    [Test]
    public async Task A_class_that_is_chosen_and_not_registered_is_named() =>
        (await ExecAsync("devices: { r1: { connections: { api: { protocol: netconf, ip: 127.0.0.1 } } } }", "-a", "api", "get", SysName))
            .AssertFailed(2, "r1", "'netconf', which is not registered");

    [TestCase("-d", "core*", "the name of no device matches 'core*'; there are edge1, edge2")]
    [TestCase("--type", "router", "no device has the type 'router'; there are none")]
    [TestCase("--role", "spine", "no device has the role 'spine'; there are none")]
    public async Task What_no_device_is_is_named(string option, string value, string message) =>
        (await ExecAsync(TestbedFile.TwoDevices, option, value, "get", SysName)).AssertFailed(2, message);

    [Test]
    public async Task A_command_that_fits_no_connection_of_a_device_is_refused_before_any_device_is_spoken_to() =>
        (await ExecAsync("devices: { r1: { simulated: true, connections: { snmp: } }, r2: { simulated: true, connections: { cli: { protocol: ssh } } } }", "show clock"))
            .AssertFailed(2, "The device 'r1' has no connection for 'show clock'; it has snmp.");

    [Test]
    public async Task A_wrong_script_of_a_simulated_terminal_is_named_with_its_line()
    {
        using var script = new TestbedFile("prompt: \"> \"\ncommands:\n  show clock: { outptu: noon }\n");
        (await ExecAsync($"devices: {{ r1: {{ simulated: {{ terminal: {script.Path} }}, connections: {{ cli: {{ protocol: ssh }} }} }} }}", "show clock"))
            .AssertFailed(2, $"{script.Path}:3: ", "a command has no 'outptu'", "did you mean 'output'?");
    }

    [TestCase("--output", "xml", "--output xml is no form")]
    [TestCase("--output", "dir", "dir:FOLDER")]
    [TestCase("--output", "dir:/proc/nowhere", "/proc/nowhere")]
    [TestCase("--parallel", "0", "--parallel")]
    [TestCase("--retry", "often", "--retry")]
    public async Task An_option_that_makes_no_sense_says_what_would(string option, string value, string message) =>
        (await ExecAsync(TestbedFile.TwoDevices, option, value, "get", SysName)).AssertFailed(2, message);

    [Test]
    public async Task A_command_line_is_no_connection_for_SNMP()
    {
        using var testbed = new TestbedFile("devices: { r1: { simulated: true, connections: { cli: { protocol: telnet } } } }");
        (await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, SysName)).AssertFailed(2, "'r1' has no connection for SNMP; it has cli (telnet)");
        (await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, "-a", "cli", SysName)).AssertFailed(2, "'cli' of device 'r1' is none for SNMP");
    }

    [TestCase("")]
    [TestCase("pool_size: 2, ")]
    public async Task An_argument_that_is_not_allowed_is_named_before_any_device_is_spoken_to(string pool) =>
        (await ExecAsync($"devices: {{ r1: {{ connections: {{ snmp: {{ protocol: snmp, {pool}ip: 127.0.0.1, version: 9 }} }} }} }}", "get", SysName))
            .AssertFailed(2, "'snmp' of device 'r1'", "version is '9'", "1, 2c or 3");

    [Test]
    public async Task A_recording_that_is_missing_is_named() =>
        (await ExecAsync("devices: { r1: { simulated: { snmprec: none.snmprec }, connections: { snmp: } } }", "get", SysName))
            .AssertFailed(2, "r1", "none.snmprec");

    [TestCase("get", "sysNaem.0", "'sysNaem.0' is no OID")]
    [TestCase("fetch", SysName, "'fetch' is no command")]
    [TestCase("get", "", "'get' needs at least one OID")]
    [TestCase("--pool", "0", "'0' is not valid for --pool; expected a whole number from 1 to 10000")]
    [TestCase("--pool", "many", "'many'")]
    [TestCase("--timeout", "-1", "--timeout")]
    [TestCase("--timeuot", "1", "'--timeuot' is no command")]
    public async Task A_command_line_that_makes_no_sense_says_what_would(string first, string second, string message) =>
        (await ExecAsync(TestbedFile.TwoDevices, first, second)).AssertFailed(2, message);

    [Test]
    public async Task An_OID_that_is_none_is_an_error_of_get_too() =>
        (await ConnectionsProcess.RunAsync("get", "127.0.0.1", "sysNaem.0")).AssertFailed(2, "'sysNaem.0' is no OID", "did you mean SNMPv2-MIB::sysName", "1.3.6.1.2.1.1.5.0");

    [TestCase("127.0.0.1:0")]
    [TestCase("127.0.0.1:70000")]
    [TestCase(":161")]
    [TestCase("[::1]:x")]
    public async Task A_host_that_is_none_is_refused(string host) =>
        (await ConnectionsProcess.RunAsync("get", host, SysName)).AssertFailed(2, $"'{host}' is no HOST[:port]");

    [Test]
    public async Task A_device_without_a_testbed_is_refused() =>
        (await ConnectionsProcess.RunAsync("get", "-d", "edge1", SysName)).AssertFailed(2, "--device needs a testbed");

    [Test]
    public async Task A_community_beside_a_testbed_is_refused()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);
        (await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, "-c", "hidden", SysName)).AssertFailed(2, "--community is for HOST");
    }

    [Test]
    public async Task No_command_at_all_is_usage()
    {
        var outcome = await ConnectionsProcess.RunAsync();
        outcome.AssertFailed(2, "connections --help");
    }

    [TestCase("--help", "demo exec ping shell get walk set table agent record traps notify mib --mibs")]
    [TestCase("exec --help", "connections --testbed --device --type --role --alias --pool --parallel --timeout --command-timeout --fail-fast --retry --output --json COMMAND")]
    [TestCase("ping --help", "--testbed --device --type --role --alias --parallel --timeout --json")]
    [TestCase("shell --help", "--testbed --alias --timeout DEVICE Ctrl-]")]
    [TestCase("get --help", "--community --snmp-version --retries HOST")]
    [TestCase("set --help", "--community TYPE VALUE snmpset --json")]
    [TestCase("table --help", "--column --csv --json --stats HOST")]
    [TestCase("agent --help", "--data --devices --address --port --user --auth --priv --password-file CONNECTIONS_AUTH_PASSWORD --users --context --v3-only --wrong-digest --latency --loss --duplication --reordering --seed")]
    [TestCase("record --help", "--root --output --community --user --auth --priv --password-file CONNECTIONS_PRIV_PASSWORD --context HOST")]
    [TestCase("traps --help", "--address --port --community --user --auth --priv --password-file --users --engine --count --json")]
    [TestCase("mib --help", "--tree --check --mibs --json NAME")]
    [TestCase("notify --help", "--inform --community --snmp-version --user --auth --priv --password-file --context --engine --timeout --retries --json HOST TRAP")]
    public async Task Help_names_everything(string arguments, string mentions)
    {
        var outcome = await ConnectionsProcess.RunAsync(arguments.Split(' '));
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        Assert.Multiple(() =>
        {
            foreach (var mention in mentions.Split(' '))
            {
                Assert.That(outcome.Output, Does.Contain(mention));
            }
        });
    }
}
