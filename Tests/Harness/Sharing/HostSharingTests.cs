using Connections.Harness.Sharing;
using Connections.Locking;
using Connections.Native.Sync;
using Connections.Terminal;
using Connections.Terminal.Simulation;

namespace Connections.Harness.Tests.Sharing;

/// <summary>Processes of one machine take turns by its own locks.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostSharingTests() : SharingTests(HostLockScopes.Name)
{
    protected override string Loss => "LockBrokenException: ";

    [Test]
    public async Task A_command_that_waits_in_vain_says_who_has_the_device()
    {
        var holder = await StartInsideAsync();

        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", OwnLab.Path, "-a", "snmp", "--timeout", "0.3", "get", "1.3.6.1.2.1.1.5.0");

        outcome.AssertFailed(1, Name, $"process {holder.Id} (Connections.Harness.Tests take-turns)");
    }

    [Test]
    public async Task A_terminal_takes_turns_like_any_other_connection()
    {
        await using var terminal = SimulatedTerminal.Start(TerminalScript.Synthetic("router"));
        var settings = new ConnectionSettings
        {
            DeviceName = Name,
            Alias = "cli",
            Via = "cli",
            Protocol = "telnet",
            Host = terminal.EndPoint.Address.ToString(),
            Port = terminal.EndPoint.Port,
            SharedBy = HostLockScopes.Name,
            PoolTimeout = TimeSpan.FromMilliseconds(100),
        };
        await using var device = new Device(
            new DeviceSettings { Name = Name, Connections = new Dictionary<string, ConnectionSettings> { ["cli"] = settings } },
            new ConnectionClasses().AddTerminal(),
            LabSharing.Options);
        using var other = new HybridLock($"{Name}/cli");
        using (other.Lock())
        {
            Assert.That(() => device.ConnectAsync("cli").BoundedAsync(), Throws.TypeOf<LockTimeoutException>().With.Message.Contains($"process {Environment.ProcessId} "));
            Assert.That(terminal.Activity.SessionsInAll, Is.Zero);
        }

        await device.ConnectAsync("cli").BoundedAsync();
        using var lease = await device.LeaseAsync<ITerminal>("cli").BoundedAsync();
        Assert.That(other.TryLock(out _), Is.False);
    }
}
