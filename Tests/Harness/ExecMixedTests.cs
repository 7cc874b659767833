namespace Connections.Harness.Tests;

/// <summary>Commands on devices of several kinds, all of them simulated by the command.</summary>
public sealed class ExecMixedTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";

    private const string Mixed = """
        devices:
          both: { type: router, simulated: true, connections: { snmp: { protocol: snmp, pool_size: 2 }, cli: { protocol: ssh, pool_size: 2 } } }
          agent: { type: router, simulated: true, connections: { snmp: { protocol: snmp } } }
          switch: { type: switch, simulated: true, connections: { cli: { protocol: telnet } } }
        """;

    [Test]
    public async Task Each_device_carries_out_the_commands_that_it_has_a_connection_for()
    {
        var outcome = await ExecAsync(Mixed, "--json", "get", SysName, "show clock", "show interface Ethernet1");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(
            outcome.Json.Select(static record => $"{record.GetProperty("device")}/{record.GetProperty("alias")} {record.GetProperty("command")}"),
            Is.EqualTo(new[]
            {
                $"both/snmp get {SysName}", "both/cli show clock", "both/cli show interface Ethernet1",
                $"agent/snmp get {SysName}",
                "switch/cli show clock", "switch/cli show interface Ethernet1",
            }));
        Assert.That(outcome.Json[0].GetProperty("values")[0].GetProperty("value").GetString(), Is.EqualTo("both"));
        Assert.That(outcome.Json[5].GetProperty("output").GetString(), Is.EqualTo("Ethernet1 is up, line protocol is up"));
    }

    [Test]
    public async Task A_connection_that_is_chosen_gets_the_commands_as_they_stand()
    {
        var outcome = await ExecAsync(Mixed, "-d", "both", "-a", "cli", "--json", "get", SysName);

        Assert.That(outcome.Json.Single().GetProperty("output").GetString(), Is.EqualTo($"% Invalid input: get {SysName}"), outcome.Error);
    }

    [Test]
    public async Task Single_words_are_one_line_of_a_command_line()
    {
        var outcome = await ExecAsync(Mixed, "--type", "switch", "show", "interface", "Ethernet7");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines[0], Does.StartWith("switch: show interface Ethernet7  queued "));
        Assert.That(outcome.Lines[1], Is.EqualTo("Ethernet7 is up, line protocol is up"));
    }

    [Test]
    public async Task The_default_connection_of_a_device_goes_before_others_of_its_kind()
    {
        var outcome = await ExecAsync(
            "devices: { r1: { simulated: true, defaults: { via: b }, connections: { a: { protocol: ssh }, b: { protocol: telnet }, snmp: { protocol: snmp } } } }",
            "--json", "show clock", "get", SysName);

        Assert.That(outcome.Json.Select(static record => record.GetProperty("alias").GetString()), Is.EqualTo(new[] { "b", "snmp" }), outcome.Error);
    }

    [Test]
    public async Task As_CSV_each_command_is_a_record_whatever_it_printed()
    {
        var outcome = await ExecAsync(Mixed, "-d", "both", "-o", "csv", "get", SysName, "show version");

        Assert.That(outcome.Lines[0], Is.EqualTo("device,alias,command,ok,queued_ms,took_ms,output,error"), outcome.Error);
        Assert.That(outcome.Lines[1], Does.Match($@"^both,snmp,get {SysName},true,[\d.]+,[\d.]+,SNMPv2-MIB::sysName\.0 = STRING: both,$"));
        Assert.That(string.Join('\n', outcome.Lines.Skip(2)), Does.Match("^both,cli,show version,true,[\\d.]+,[\\d.]+,\"Connections simulated router, version 1.0\n[^\"]*\n4 Ethernet interfaces\",$"));
    }

    [Test]
    public async Task Into_a_folder_each_device_gets_a_file_of_its_own()
    {
        using var recording = new RecordingOf("unused");
        var folder = Path.Combine(Path.GetDirectoryName(recording.Path)!, "new", "backup");

        var one = await ExecAsync(Mixed, "-d", "both", "-d", "switch", "-o", $"dir:{folder}", "show interface Ethernet1");
        Assert.That(one.Lines, Is.EqualTo(new[] { Path.Combine(folder, "both.txt"), Path.Combine(folder, "switch.txt") }), one.Error);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "switch.txt")), Is.EqualTo("Ethernet1 is up, line protocol is up\n"));

        await ExecAsync(Mixed, "-d", "both", "-o", $"dir:{folder}", "get", SysName, "show interface Ethernet1");
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(folder, "both.txt")),
            Is.EqualTo($"$ get {SysName}\nSNMPv2-MIB::sysName.0 = STRING: both\n\n$ show interface Ethernet1\nEthernet1 is up, line protocol is up\n"));
    }

    [Test]
    public async Task A_name_that_is_no_name_of_a_file_stays_in_the_folder()
    {
        using var recording = new RecordingOf("unused");
        var folder = Path.GetDirectoryName(recording.Path)!;

        var outcome = await ExecAsync(
            "devices: { \"../r/1\": { simulated: true, connections: { snmp: } }, _r_1: { simulated: true, connections: { snmp: } } }",
            "-o", $"dir:{folder}", "get", SysName);

        Assert.That(outcome.Lines, Is.EqualTo(new[] { Path.Combine(folder, "_r_1.txt"), Path.Combine(folder, "_r_1-2.txt") }), outcome.Error);
    }

    private static async Task<Outcome> ExecAsync(string yaml, params string[] arguments)
    {
        using var testbed = new TestbedFile(yaml);
        return await ConnectionsProcess.RunAsync(["exec", "-t", testbed.Path, .. arguments]);
    }
}
