using Connections.Terminal;
using Connections.Terminal.Simulation;

namespace Connections.Tests.Terminal;

/// <summary>Sessions on simulated terminals.</summary>
public sealed class SimulatedTerminalTests
{
    private const string Router = """
        name: edge1
        os: ios
        prompt: "{{name}}#"
        paging: { lines: 5, off: terminal length 0 }
        commands:
          terminal width 511:
          show clock: [first, second]
          /show interface (?<port>\S+)/: "{{port}} is up"
          /count (?<lines>\d+)/: { output: "a line", repeat: "{{lines}}" }
          hang: { output: never, delay: 600 }
          reload: { output: "Going down", closes: true }
          configure terminal: { mode: config, output: "One command a line." }
        modes:
          config:
            prompt: "{{name}}(config)#"
            commands: { end: { mode: base }, stay: "% Incomplete command.", /.*/: "" }
        """;

    private SimulatedTerminal _device = null!;

    [SetUp]
    public void Start() => _device = SimulatedTerminal.Start(TerminalScript.Parse(Router));

    [TearDown]
    public async Task StopAsync() => await _device.DisposeAsync();

    [Test]
    public async Task Commands_have_the_outputs_of_the_script()
    {
        await using var terminal = await ConnectAsync();

        Assert.That(await terminal.ExecuteAsync("show clock").Within(), Is.EqualTo("first"));
        Assert.That(await terminal.ExecuteAsync("show clock").Within(), Is.EqualTo("second"));
        Assert.That(await terminal.ExecuteAsync("show clock").Within(), Is.EqualTo("second"));
        Assert.That(await terminal.ExecuteAsync("show interface Ethernet1").Within(), Is.EqualTo("Ethernet1 is up"));
        Assert.That(await terminal.ExecuteAsync("show nothing").Within(), Is.EqualTo("% Invalid input: show nothing"));
    }

    [Test]
    public async Task Pages_are_off_after_login()
    {
        await using var terminal = await ConnectAsync();

        Assert.That(await terminal.ExecuteAsync("count 100").Within(), Is.EqualTo(Lines(100)));
        Assert.That(_device.Activity.CommandsInAll, Is.EqualTo(3));
    }

    // Nothing is known of the device, so that nobody has told it to print no pages.
    [TestCase(" --More-- ")]
    [TestCase("--More--")]
    [TestCase("---(more 45%)---")]
    [TestCase("<--- More --->")]
    [TestCase("-- MORE --, next page: Space, next line: Enter, quit: Control-C")]
    public async Task Pages_that_come_all_the_same_are_gone_through_and_leave_no_trace(string pager)
    {
        var script = _device.Script with { Os = null, Paging = new ScriptedPaging { Lines = 5, Prompt = pager } };
        await using var device = SimulatedTerminal.Start(script);
        await using var terminal = await TerminalLab.ConnectAsync(TerminalLab.SettingsOf(device));

        Assert.That(await terminal.ExecuteAsync("count 5").Within(), Is.EqualTo(Lines(5)));
        Assert.That(await terminal.ExecuteAsync("count 6").Within(), Is.EqualTo(Lines(6)));
        Assert.That(await terminal.ExecuteAsync("count 1000").Within(), Is.EqualTo(Lines(1000)));
    }

    [Test]
    public async Task A_configuration_is_entered_and_left()
    {
        await using var terminal = await ConnectAsync();

        var outputs = await terminal.ConfigureAsync(["interface Ethernet1", "stay", "no shutdown"]).Within();

        Assert.That(outputs, Is.EqualTo(new[] { "", "% Incomplete command.", "" }));
        Assert.That(await terminal.ExecuteAsync("show interface Ethernet1").Within(), Is.EqualTo("Ethernet1 is up"));
    }

    [Test]
    public async Task A_configuration_mode_that_is_not_left_is_told_and_the_session_is_a_new_one()
    {
        var modes = new Dictionary<string, ScriptedMode>
        {
            ["config"] = new() { Prompt = "edge1(config)#", Commands = [new ScriptedCommand { Line = "/.*/", Outputs = ["% Commit failed."] }] },
        };
        await using var device = SimulatedTerminal.Start(_device.Script with { Modes = modes });
        await using var terminal = await TerminalLab.ConnectAsync(TerminalLab.SettingsOf(device));

        var error = Assert.ThrowsAsync<ConfigurationFailedException>(() => terminal.ConfigureAsync(["hostname edge2"]).Within());

        Assert.That(error.Message, Does.Contain("did not leave its configuration mode by 'end': it is at 'edge1(config)#'"));
        Assert.That(error.Output, Is.EqualTo("% Commit failed."));
        Assert.That(await terminal.ExecuteAsync("show clock").Within(), Is.EqualTo("first"));
        Assert.That(device.Activity.SessionsInAll, Is.EqualTo(2));
    }

    [Test]
    public async Task A_pool_keeps_a_session_that_came_back_from_its_configuration()
    {
        await using var device = TerminalLab.DeviceOf(TerminalLab.SettingsOf(_device) with { PoolSize = 2 });
        await device.ConnectAsync("cli").Within();
        var terminal = device.Get<ITerminal>("cli");

        for (var round = 0; round < 5; round++)
        {
            await terminal.ConfigureAsync(["interface Ethernet1"]).Within();
        }

        Assert.That(await terminal.ExecuteAsync("show interface Ethernet1").Within(), Is.EqualTo("Ethernet1 is up"));
        Assert.That(_device.Activity.SessionsInAll, Is.EqualTo(2));
    }

    [Test]
    public async Task A_pool_replaces_a_session_that_was_left_in_another_mode()
    {
        await using var device = TerminalLab.DeviceOf(TerminalLab.SettingsOf(_device) with { PoolSize = 1 });
        await device.ConnectAsync("cli").Within();
        await using (var lease = await device.LeaseAsync<ITerminal>("cli").AsTask().Within())
        {
            await lease.Client.SendAsync("configure terminal").Within();
            await lease.Client.ReceiveAsync().Within();
            Assert.That(await lease.Client.ExecuteAsync("show clock").Within(), Is.Empty);
        }

        Assert.That(await device.Get<ITerminal>("cli").ExecuteAsync("show clock").Within(), Is.EqualTo("first"));
    }

    [Test]
    public async Task A_session_that_the_device_ends_in_mid_command_faults_the_connection()
    {
        await using var terminal = await ConnectAsync();

        var error = Assert.ThrowsAsync<ConnectionLostException>(() => terminal.ExecuteAsync("reload").Within());

        Assert.That(error.Received, Is.EqualTo("Going down"));
        Assert.That(terminal.State, Is.EqualTo(ConnectionState.Faulted));
    }

    [Test]
    public async Task Sessions_that_break_while_nobody_uses_them_are_told_to_who_comes_next()
    {
        await using var terminal = await ConnectAsync();
        _device.BreakSessions();

        Assert.That(() => terminal.ExecuteAsync("show clock").Within(), Throws.TypeOf<ConnectionLostException>());
        Assert.That(terminal.State, Is.EqualTo(ConnectionState.Faulted));
    }

    [Test]
    public async Task A_connection_of_a_device_comes_back_after_its_session_died()
    {
        await using var device = TerminalLab.DeviceOf(TerminalLab.SettingsOf(_device));
        await device.ConnectAsync("cli").Within();
        var terminal = device.Get<TerminalConnection>("cli");

        Assert.That(() => terminal.ExecuteAsync("reload").Within(), Throws.TypeOf<ConnectionLostException>());
        await Bounded.Until(() => terminal.IsConnected);

        Assert.That(await terminal.ExecuteAsync("show clock").Within(), Is.EqualTo("first"));
    }

    [Test]
    public async Task Disposing_ends_a_command_that_hangs()
    {
        await using var terminal = await ConnectAsync();
        var hanging = terminal.ExecuteAsync("hang");
        await Bounded.Until(() => _device.Activity.Commands == 1);

        await terminal.DisposeAsync().AsTask().Within();

        Assert.That(() => hanging.Within(), Throws.TypeOf<ConnectionLostException>());
    }

    [Test]
    public async Task What_several_devices_do_at_once_is_counted()
    {
        const int Devices = 40;
        var activity = new TerminalActivity();
        var script = TerminalScript.Parse("commands: { wait: { output: done, delay: 60 } }");
        var clock = new FakeTime();
        var devices = Enumerable.Range(0, Devices).Select(_ => SimulatedTerminal.Start(script, activity, timeProvider: clock)).ToArray();
        var terminals = await Task.WhenAll(devices.Select(
            static device => TerminalLab.ConnectAsync(TerminalLab.SettingsOf(device, ("timeout", "100")))));

        var waiting = Task.WhenAll(terminals.Select(static terminal => terminal.ExecuteAsync("wait")));
        await Bounded.Until(() => activity.Commands == Devices && clock.Pending == Devices);
        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(await waiting.Within(), Is.All.EqualTo("done"));
        Assert.That(
            (activity.MostCommands, activity.CommandsInAll, activity.MostSessions, activity.SessionsInAll), Is.EqualTo((Devices, Devices, Devices, Devices)));
        foreach (var (terminal, device) in terminals.Zip(devices))
        {
            await terminal.DisposeAsync();
            await device.DisposeAsync();
        }

        Assert.That((activity.Commands, activity.Sessions), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_recording_plays_what_the_device_printed()
    {
        string[] commands = ["show clock", "show clock", "show interface {{name}}", "count 7", "show \"quoted\" \\ žluť"];
        await using var terminal = await ConnectAsync();
        var recording = await TerminalRecorder.RecordAsync(terminal, commands).Within();
        await using var real = SimulatedTerminal.Start(TerminalScript.Parse(Router));
        await using var played = SimulatedTerminal.Start(TerminalScript.Parse(recording.ToYaml()));

        Assert.That(await OutputsAsync(played), Is.EqualTo(await OutputsAsync(real)));

        async Task<string[]> OutputsAsync(SimulatedTerminal device)
        {
            await using var session = await TerminalLab.ConnectAsync(TerminalLab.SettingsOf(device));
            var outputs = new List<string> { session.Prompt };
            foreach (var command in commands)
            {
                outputs.Add(await session.ExecuteAsync(command).Within());
            }

            return [.. outputs];
        }
    }

    [Test]
    public async Task A_shell_is_recorded_and_played()
    {
        var settings = TerminalLab.Settings("process", null, ("command", "exec sh -i")) with { Os = "linux" };
        await using var shell = await TerminalLab.ConnectAsync(settings);
        var recording = await TerminalRecorder.RecordAsync(shell, ["seq 3", "printf 'a\\n\\n'", "true"]).Within();
        await using var device = SimulatedTerminal.Start(TerminalScript.Parse(recording.ToYaml()));
        await using var terminal = await TerminalLab.ConnectAsync(TerminalLab.SettingsOf(device));

        Assert.That(await terminal.ExecuteAsync("seq 3").Within(), Is.EqualTo("1\n2\n3"));
        Assert.That(await terminal.ExecuteAsync("printf 'a\\n\\n'").Within(), Is.EqualTo("a\n"));
        Assert.That(await terminal.ExecuteAsync("true").Within(), Is.Empty);
    }

    private Task<TerminalConnection> ConnectAsync() => TerminalLab.ConnectAsync(TerminalLab.SettingsOf(_device));

    private static string Lines(int count) => string.Join('\n', Enumerable.Repeat("a line", count));
}
