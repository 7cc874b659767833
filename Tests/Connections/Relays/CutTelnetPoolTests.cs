using Connections.Pooling;
using Connections.Tests.Servers;
using Connections.Tests.Telnet;

namespace Connections.Tests.Relays;

/// <summary>A pool of Telnet workers whose connections to a real telnetd are reset under their callers, and refused for a while.</summary>
public sealed class CutTelnetPoolTests
{
    private const int Workers = 5;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PoolTimeout = TimeSpan.FromSeconds(2);

    [Test]
    public async Task Fifty_callers_of_a_device_that_hangs_up_for_five_seconds_are_told_why_and_served_again_in_their_order()
    {
        await using var relay = new StreamRelay(TestServer.Telnetd);
        var settings = TelnetServer.Settings(relay.EndPoint, Timeout.TotalSeconds) with { PoolSize = Workers, PoolTimeout = PoolTimeout };
        await using var device = new Device(
            new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { ["cli"] = settings } },
            new ConnectionClasses().Add<PooledTelnetConnection>("telnet"));
        await device.ConnectAsync("cli").Within();
        var trial = new CutTrial<ITerminal>(device, "cli", relay, PoolTimeout + Timeout, AskAsync);

        await trial.RunAsync(cut: TimeSpan.FromSeconds(5));

        Assert.That(trial.Errors, Is.All.Matches<Exception>(static error => error is IConnectionError { Device: "tester", Alias: "cli" }));
        Assert.That(trial.Errors, Is.All.TypeOf<ConnectionLostException>().Or.TypeOf<ConnectFailedException>().Or.TypeOf<PoolTimeoutException>());
        Assert.That(trial.MessagesOf<ConnectionLostException>(), Is.All.Contains("was lost and did not").And.All.Contains("'echo").And.Not.Empty);
        Assert.That(trial.MessagesOf<ConnectFailedException>(), Is.All.Contains("Connection refused").And.Not.Empty);
        Assert.That(trial.OrderOfService, Is.Ordered.And.Unique.And.Not.Empty);
        Assert.That(device.Connections.GetPool("cli").Statistics.Broken, Is.GreaterThanOrEqualTo(Workers));
    }

    private static async Task AskAsync(ITerminal terminal, int caller) =>
        Assert.That(await terminal.ExecuteAsync($"echo caller {caller}"), Is.EqualTo($"caller {caller}"));
}
