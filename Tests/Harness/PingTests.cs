using Connections.Terminal.Simulation;

namespace Connections.Harness.Tests;

public sealed class PingTests
{
    private const string Mixed = """
        devices:
          edge1: { type: router, simulated: true, connections: { snmp: { protocol: snmp, pool_size: 5 }, cli: { protocol: ssh, pool_size: 5 } } }
          odd: { connections: { snmp: { protocol: snmp, ip: 127.0.0.1, port: 9, timeout: 0.1, retries: 0 }, api: { protocol: netconf, ip: 127.0.0.1 } } }
        """;

    [Test]
    public async Task Each_connection_has_a_line_with_what_it_told_or_its_error()
    {
        using var testbed = new TestbedFile(Mixed);

        var outcome = await ConnectionsProcess.RunAsync("ping", "-t", testbed.Path);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1));
            Assert.That(outcome.Lines, Has.Count.EqualTo(4));
            Assert.That(outcome.Lines[0], Does.Match(@"^edge1  snmp  ok +[\d.]+ ms  up \d+ days?, "));
            Assert.That(outcome.Lines[1], Does.Match(@"^edge1  cli   ok +[\d.]+ ms  prompt edge1#$"));
            Assert.That(outcome.Lines[2], Does.Match(@"^odd    snmp  failed +[\d.]+ ms  SnmpTimeoutException$"));
            Assert.That(outcome.Lines[3], Does.Match(@"^odd    api   failed +[\d.]+ ms  ConnectionException$"));
            Assert.That(outcome.Error, Does.Contain("connections: odd/snmp: ").And.Contain("127.0.0.1:9").And.Contain("connections: odd/api: ").And.Contain("'netconf', which is not registered"));
        });
    }

    [Test]
    public async Task As_JSON_it_tells_the_same_of_what_was_chosen()
    {
        using var testbed = new TestbedFile(Mixed);

        var outcome = await ConnectionsProcess.RunAsync("ping", "-t", testbed.Path, "-a", "snmp", "--json");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Json.Select(static record => (record.GetProperty("device").GetString(), record.GetProperty("ok").GetBoolean())), Is.EqualTo(new[] { ("edge1", true), ("odd", false) }));
        Assert.That(outcome.Json[1].GetProperty("errorType").GetString(), Is.EqualTo("SnmpTimeoutException"));
    }

    [Test]
    public async Task All_that_work_are_success_and_one_session_is_opened_of_each()
    {
        var activity = new TerminalActivity();
        await using var terminal = SimulatedTerminal.Start(new TerminalScript { Name = "t1" }, activity);
        using var testbed = new TestbedFile($"devices: {{ t1: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {terminal.EndPoint.Port}, pool_size: 5 }} }} }} }}");

        var outcome = await ConnectionsProcess.RunAsync("ping", "-t", testbed.Path);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That((activity.SessionsInAll, activity.CommandsInAll), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_connection_that_hangs_is_given_up_after_the_time_it_has()
    {
        using var silent = new SilentServer();
        using var testbed = new TestbedFile($"devices: {{ mute: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {silent.Port} }} }} }} }}");

        var outcome = await ConnectionsProcess.RunAsync("ping", "-t", testbed.Path, "--timeout", "0.5");

        outcome.AssertFailed(1, "mute/cli", "did not finish within the 0.5 s");
        Assert.That(outcome.Lines.Single(), Does.StartWith("mute  cli  failed").And.EndWith("CallTimeoutException"));
    }

    [Test]
    public async Task An_alias_that_a_device_has_not_is_refused()
    {
        using var testbed = new TestbedFile(Mixed);
        (await ConnectionsProcess.RunAsync("ping", "-t", testbed.Path, "-a", "cli")).AssertFailed(2, "'odd' has no connection 'cli'; it has snmp, api (netconf)");
    }
}
