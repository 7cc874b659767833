using Connections.Terminal.Simulation;

namespace Connections.Harness.Tests;

public sealed class ShellTests
{
    private const string Mixed = """
        devices:
          edge1: { alias: uut, simulated: true, connections: { snmp: { protocol: snmp }, cli: { protocol: ssh, pool_size: 3 } } }
        """;

    [Test]
    public async Task From_a_pipe_each_line_is_a_command_and_what_it_gives_is_printed()
    {
        using var testbed = new TestbedFile(Mixed);

        var outcome = await ConnectionsProcess.RunOnAsync("show clock\n\n  show interface Ethernet1  \n", "shell", "-t", testbed.Path, "uut");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines, Is.EqualTo(new[] { "12:00:00.000 UTC Mon Jan 1 2024", "Ethernet1 is up, line protocol is up" }));
    }

    [Test]
    public async Task Over_SNMP_lines_are_operations()
    {
        using var testbed = new TestbedFile(Mixed);

        var outcome = await ConnectionsProcess.RunOnAsync("get sysName.0\nwalk ifDescr.1\n", "shell", "-t", testbed.Path, "-a", "snmp", "edge1");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Lines, Is.EqualTo(new[] { "SNMPv2-MIB::sysName.0 = STRING: edge1", "IF-MIB::ifDescr.1 = STRING: Ethernet1" }));
    }

    [Test]
    public async Task From_a_pipe_the_first_failure_ends_it()
    {
        var activity = new TerminalActivity();
        await using var terminal = SimulatedTerminal.Start(
            TerminalScript.Parse("commands: { show clock: noon, reload: { output: Bye, closes: true } }"), activity);
        using var testbed = new TestbedFile($"devices: {{ t1: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {terminal.EndPoint.Port} }} }} }} }}");

        var outcome = await ConnectionsProcess.RunOnAsync("show clock\nreload\nshow clock\n", "shell", "-t", testbed.Path, "t1");

        outcome.AssertFailed(1, "connection 'cli' of device 't1' was lost and did not finish 'reload'");
        Assert.That(outcome.Lines, Is.EqualTo(new[] { "noon" }));
        Assert.That((activity.SessionsInAll, activity.CommandsInAll), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task What_is_no_operation_device_or_alias_is_refused()
    {
        using var testbed = new TestbedFile(Mixed);
        (await ConnectionsProcess.RunOnAsync("fetch sysName.0\n", "shell", "-t", testbed.Path, "-a", "snmp", "edge1")).AssertFailed(2, "'fetch' is no command");
        (await ConnectionsProcess.RunOnAsync("", "shell", "-t", testbed.Path, "egde1")).AssertFailed(2, "did you mean 'edge1'?");
        (await ConnectionsProcess.RunOnAsync("", "shell", "-t", testbed.Path, "-a", "clo", "edge1")).AssertFailed(2, "'edge1' has no connection 'clo'; it has snmp, cli (telnet)");
    }

    [Test]
    [Platform("Linux")]
    public async Task On_a_terminal_the_device_is_as_it_is_key_by_key_until_the_key_that_leaves()
    {
        using var testbed = new TestbedFile(Mixed);
        using var person = Person.At("shell", "-t", testbed.Path, "edge1");

        await person.ReadUntilAsync("Ctrl-] leaves.");
        await person.ReadUntilAsync("edge1#");
        await person.TypeAsync("show cl");
        await person.TypeAsync("ock\r");
        Assert.That(await person.ReadUntilAsync("edge1#"), Does.Contain("show clock\r\n12:00:00.000 UTC Mon Jan 1 2024\r\n").And.Not.Contain("\r\r"));
        await person.TypeAsync("an unfinished line\u0003show interface Ethernet9\r");
        Assert.That(await person.ReadUntilAsync("edge1#"), Does.Contain("Ethernet9 is up"), "a key that interrupts goes to the device");
        await person.TypeAsync("\u001dshow version\r");

        Assert.That(await person.ExitCodeAsync(), Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public async Task On_a_terminal_a_device_that_closes_the_session_ends_it()
    {
        await using var terminal = SimulatedTerminal.Start(TerminalScript.Parse("commands: { exit: { output: Bye, closes: true } }"));
        using var testbed = new TestbedFile($"devices: {{ t1: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {terminal.EndPoint.Port} }} }} }} }}");
        using var person = Person.At("shell", "-t", testbed.Path, "t1");

        await person.ReadUntilAsync("device#");
        await person.TypeAsync("exit\r");

        Assert.That(await person.ReadUntilAsync("t1 has closed the session."), Does.Contain("Bye"));
        Assert.That(await person.ExitCodeAsync(), Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public async Task On_a_terminal_a_failure_over_SNMP_ends_nothing()
    {
        using var testbed = new TestbedFile(Mixed);
        using var person = Person.At("shell", "-t", testbed.Path, "-a", "snmp", "edge1");

        await person.ReadUntilAsync("edge1> ");
        await person.TypeAsync("get sysNaem.0\r");
        await person.ReadUntilAsync("'sysNaem.0' is no OID");
        await person.ReadUntilAsync("edge1> ");
        await person.TypeAsync("get sysName.0\r");
        await person.ReadUntilAsync("SNMPv2-MIB::sysName.0 = STRING: edge1");
        await person.TypeAsync("exit\r");

        Assert.That(await person.ExitCodeAsync(), Is.Zero);
    }
}
