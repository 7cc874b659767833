using Connections.Terminal;
using Connections.Terminal.Simulation;
using Connections.Testbeds;

namespace Connections.Tests.Terminal;

/// <summary>Command lines of devices that a testbed calls simulated, played within the process.</summary>
public sealed class TerminalSimulatorTests
{
    [Test]
    public async Task A_device_without_a_script_is_made_up_and_asks_for_the_credentials_of_the_testbed()
    {
        await using var lab = Open("""
            devices:
              edge1:
                os: iosxe
                simulated: true
                credentials: { default: { username: admin, password: maple } }
                connections:
                  cli: { class: unicon.Unicon, protocol: ssh, pool_size: 2 }
                  console: { protocol: telnet, host: 192.0.2.1, port: 2001 }
            """);
        var device = lab.GetDevice("edge1");
        await device.ConnectAsync("cli").Within();
        await device.ConnectAsync("console").Within();

        Assert.That(await device.Get<ITerminal>("cli").ExecuteAsync("show version").Within(), Does.Contain("edge1 uptime is"));
        Assert.That(await device.Get<ITerminal>("console").ExecuteAsync("show interface Ethernet7").Within(), Is.EqualTo("Ethernet7 is up, line protocol is up"));
    }

    [Test]
    public async Task A_script_beside_the_testbed_is_played_after_the_latency_and_devices_count_together()
    {
        var script = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(script, "prompt: \"box> \"\nos: none-that-is-known\ncommands: { show clock: noon }\n");
        var clock = new FakeTime();
        var activity = new TerminalActivity();
        await using var lab = Open(
            $$"""
            devices:
              r1: { os: ios, simulated: { terminal: "{{script}}", latency: 5 }, connections: { cli: { protocol: telnet } } }
              r2: { os: ios, simulated: { terminal: "{{script}}", latency: 5 }, connections: { cli: { protocol: telnet } } }
            """,
            new TerminalSimulator(activity, clock));
        Device[] devices = [lab.GetDevice("r1"), lab.GetDevice("r2")];
        await Task.WhenAll(devices.Select(static device => device.ConnectAsync("cli"))).Within();

        var asked = Task.WhenAll(devices.Select(static device => device.Get<ITerminal>("cli").ExecuteAsync("show clock")));
        await Bounded.Until(() => activity.Commands == 2 && clock.Pending == 2);
        Assert.That(asked.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(await asked.Within(), Is.All.EqualTo("noon"));
        Assert.That(activity.MostCommands, Is.EqualTo(2));
        File.Delete(script);
    }

    [Test]
    public async Task A_wrong_script_is_told_with_its_file_and_line()
    {
        var script = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(script, "prompt: \"box> \"\ncommandz: { show clock: noon }\n");
        await using var lab = Open($$"""
            devices: { r1: { simulated: { terminal: "{{script}}" }, connections: { cli: { protocol: telnet } } } }
            """);

        Assert.That(
            () => lab.GetDevice("r1"),
            Throws.TypeOf<TestbedException>().With.Message.Contains($"{script}:2").And.Message.Contains("did you mean 'commands'?"));
        File.Delete(script);
    }

    [Test]
    public async Task Connections_of_other_protocols_are_left_alone()
    {
        await using var lab = Open("""
            devices:
              r1:
                simulated: true
                connections: { snmp: { protocol: snmp }, shell: { protocol: process, command: sh } }
            """);

        Assert.That(lab.GetDevice("r1").Settings.Connections, Is.EqualTo(lab.Testbed.GetDevice("r1").Connections));
    }

    private static Lab Open(string testbed, TerminalSimulator? simulator = null) =>
        new(Testbed.Parse(testbed), TerminalLab.Classes, simulators: [simulator ?? new TerminalSimulator()]);
}
