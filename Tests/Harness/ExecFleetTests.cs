using Connections.Snmp.Agent;
using Connections.Terminal.Simulation;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>Many devices at once, whose answers wait until all of them were asked.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExecFleetTests : IAsyncDisposable
{
    private const int OfEachKind = 20;
    private const string SysName = "1.3.6.1.2.1.1.5.0";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(60);

    private readonly FakeTime _clock = new();
    private readonly TerminalActivity _activity = new();
    private readonly List<SimulatedTerminal> _terminals = [];
    private readonly SnmpAgent _agent = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var terminal in _terminals)
        {
            await terminal.DisposeAsync();
        }

        await _agent.DisposeAsync();
    }

    [Test]
    public async Task Forty_devices_of_both_kinds_are_all_in_progress_at_once_and_the_two_dead_ones_fail_alone()
    {
        // Requests that a simulated agent loses are sent again, and are answered as soon as it loses them no more.
        var agents = Enumerable.Range(1, OfEachKind - 1)
            .Select(number => _agent.Add(new SimulatedDeviceOptions { Name = $"s{number}", Data = SyntheticDevice.Create($"s{number}", number), Loss = 1 })).ToList();
        AddTerminals(OfEachKind - 1);
        using var deadAgent = new SilentServer();
        using var deadTerminal = new SilentServer();
        using var testbed = new TestbedFile($$"""
            devices:
            {{string.Join('\n', agents.Select(static agent => $"  {agent.Name}: {{ connections: {{ snmp: {{ protocol: snmp, ip: {agent.EndPoint.Address}, port: {agent.EndPoint.Port}, verify: false, timeout: 0.5, retries: 60 }} }} }}"))}}
              s20: { connections: { snmp: { protocol: snmp, transport: tcp, ip: 127.0.0.1, port: {{deadAgent.Port}}, verify: false, timeout: 60, retries: 0 } } }
            {{TerminalsYaml}}
              t20: { connections: { cli: { protocol: telnet, ip: 127.0.0.1, port: {{deadTerminal.Port}} } } }
            """);
        using var process = ConnectionsProcess.Start("exec", "-t", testbed.Path, "get", SysName, "show clock");

        await Eventually.UntilAsync(() => agents.All(static agent => agent.Lost > 0) && deadAgent.IsAsked && deadTerminal.IsVisited && AreAsked(OfEachKind - 1));
        Assert.That((_activity.Commands, process.HasExited), Is.EqualTo((OfEachKind - 1, false)), "nobody was answered yet");
        agents.ForEach(static agent => agent.Loss = 0);
        _clock.Advance(Delay);
        deadAgent.Dispose();
        deadTerminal.Dispose();
        var outcome = await process.EndAsync();

        var names = Enumerable.Range(1, OfEachKind).Select(static number => $"s{number}").Concat(Enumerable.Range(1, OfEachKind).Select(static number => $"t{number}"));
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1));
            Assert.That(Headings(outcome).Select(static line => line.Split(':')[0]), Is.EqualTo(names), "in the order of the testbed");
            Assert.That(Headings(outcome).Where(static line => line.Contains(", took ")).ToList(), Has.Count.EqualTo(2 * (OfEachKind - 1)));
            Assert.That(outcome.Lines, Has.Exactly(OfEachKind - 1).StartsWith("SNMPv2-MIB::sysName.0 = STRING: s").And.Exactly(OfEachKind - 1).EqualTo("noon"));
            Assert.That(outcome.Error.Trim().Split('\n'), Has.Length.EqualTo(2));
            Assert.That(outcome.Error, Does.Contain($"connections: s20: get {SysName}: ").And.Contain("connections: t20: show clock: "));
        });
    }

    [Test]
    public async Task No_more_devices_than_allowed_are_worked_on_at_once()
    {
        AddTerminals(6);
        using var testbed = new TestbedFile($"devices:\n{TerminalsYaml}");
        using var process = ConnectionsProcess.Start("exec", "-t", testbed.Path, "--parallel", "2", "show clock");
        await Eventually.UntilAsync(() => AreAsked(2));

        var ended = process.EndAsync();
        await AdvanceUntilEndedAsync(ended);

        Assert.That((await ended).ExitCode, Is.Zero);
        Assert.That((_activity.MostCommands, _activity.CommandsInAll), Is.EqualTo((2, 6)));
    }

    [Test]
    public async Task The_first_failure_ends_all_if_that_is_asked_for()
    {
        AddTerminals(3);
        using var dead = new SilentServer();
        using var testbed = new TestbedFile($"devices:\n{TerminalsYaml}\n  dead: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {dead.Port} }} }} }}");
        using var process = ConnectionsProcess.Start("exec", "-t", testbed.Path, "--fail-fast", "--json", "show clock");
        await Eventually.UntilAsync(() => AreAsked(3) && dead.IsVisited);

        dead.Dispose();
        var outcome = await process.EndAsync();

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Json.Select(static record => record.GetProperty("device").GetString()), Is.EqualTo(new[] { "t1", "t2", "t3", "dead" }));
        Assert.That(outcome.Error.Trim().Split('\n'), Has.Exactly(3).Contains("was cut off because dead had failed").And.Exactly(1).StartsWith("connections: dead: show clock: "));
    }

    [Test]
    public async Task What_failed_is_tried_again_as_often_as_asked_for_and_its_session_is_a_new_one([Values("", ", pool_size: 2")] string pool)
    {
        AddTerminals(1);
        using var testbed = new TestbedFile($"devices:\n{TerminalsYaml.Replace(" } }", $"{pool} }} }}", StringComparison.Ordinal)}");
        using var process = ConnectionsProcess.Start("exec", "-t", testbed.Path, "--retry", "2", "--json", "show clock");
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Eventually.UntilAsync(() => _activity.CommandsInAll == attempt && _clock.Pending == attempt);
            _terminals[0].BreakSessions();
        }

        await Eventually.UntilAsync(() => _activity.CommandsInAll == 3 && _clock.Pending == 3);
        _clock.Advance(Delay);
        var outcome = await process.EndAsync();

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Json.Single().GetProperty("output").GetString(), Is.EqualTo("noon"));
    }

    [Test]
    public async Task Without_that_a_session_that_dies_is_an_error()
    {
        AddTerminals(1);
        using var testbed = new TestbedFile($"devices:\n{TerminalsYaml}");
        using var process = ConnectionsProcess.Start("exec", "-t", testbed.Path, "--json", "show clock");
        await Eventually.UntilAsync(() => AreAsked(1));

        _terminals[0].BreakSessions();
        var outcome = await process.EndAsync();

        outcome.AssertFailed(1, "t1: show clock: The connection 'cli' of device 't1' was lost");
        Assert.That(outcome.Json.Single().GetProperty("errorType").GetString(), Is.EqualTo("ConnectionLostException"));
    }

    [Test]
    public async Task A_wrong_password_is_told_and_costs_one_login_however_large_the_pool_and_however_often_it_is_to_be_tried()
    {
        AddTerminals(1, new ScriptedLogin { User = "admin", Password = new Secret("maple") });
        using var testbed = new TestbedFile($"testbed: {{ credentials: {{ default: {{ username: admin, password: walnut }} }} }}\ndevices:\n{TerminalsYaml}");

        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", testbed.Path, "--pool", "5", "--retry", "3", "--json", "show clock", "show version");

        outcome.AssertFailed(1, "t1: show clock: ", "does not let 'admin' in", "Check user and password", "(One more command failed in the same way.)");
        Assert.That(outcome.Json.Select(static record => record.GetProperty("errorType").GetString()), Is.All.EqualTo("LoginFailedException").And.Exactly(2).Items);
        Assert.That(outcome.Error + outcome.Output, Does.Not.Contain("walnut"));
        Assert.That(_activity.SessionsInAll, Is.EqualTo(1));
    }

    private string TerminalsYaml => string.Join('\n', _terminals.Select(static terminal =>
        $"  {terminal.Script.Name}: {{ connections: {{ cli: {{ protocol: telnet, ip: 127.0.0.1, port: {terminal.EndPoint.Port} }} }} }}"));

    private void AddTerminals(int count, ScriptedLogin? login = null)
    {
        var script = TerminalScript.Parse("commands: { show clock: { output: noon, delay: 60 } }") with { Login = login };
        for (var number = 1; number <= count; number++)
        {
            _terminals.Add(SimulatedTerminal.Start(script with { Name = $"t{number}" }, _activity, timeProvider: _clock));
        }
    }

    private bool AreAsked(int commands) => _activity.Commands == commands && _clock.Pending == commands;

    private Task AdvanceUntilEndedAsync(Task ended) => Eventually.UntilAsync(() =>
    {
        if (_clock.Pending > 0)
        {
            _clock.Advance(Delay);
        }

        return ended.IsCompleted;
    });

    private static IEnumerable<string> Headings(Outcome outcome) =>
        outcome.Lines.Where(static line => line.Contains(", took ", StringComparison.Ordinal) || line.EndsWith("  failed", StringComparison.Ordinal) || line.EndsWith("  timed out", StringComparison.Ordinal));
}
