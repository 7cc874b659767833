using Connections.Locking;
using Connections.Pooling;
using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

/// <summary>What a testbed says of how processes share its connections.</summary>
public sealed class SharingTests
{
    private const string Lab = """
        testbed: { shared: postgres://lab@server/locks }
        devices:
          edge1:
            connections:
              cli: { protocol: telnet, ip: 192.0.2.1 }
          edge2:
            shared: host
            connections:
              cli: { protocol: telnet, ip: 192.0.2.2 }
              snmp: { protocol: snmp, ip: 192.0.2.2, pool_size: 3, shared: true }
              web: { protocol: http, ip: 192.0.2.2, shared: false }
              console: { protocol: telnet, ip: 192.0.2.2, pool_size: 2 }
        """;

    [Test]
    public void What_a_connection_says_counts_more_than_its_device_and_that_more_than_the_testbed()
    {
        var testbed = Testbed.Parse(Lab);

        Assert.That(testbed.Devices["edge1"].Connections["cli"].SharedBy, Is.EqualTo("postgres://lab@server/locks"));
        var connections = testbed.Devices["edge2"].Connections;
        Assert.That((connections["cli"].SharedBy, connections["cli"].IsShared), Is.EqualTo(("host", false)));
        Assert.That((connections["snmp"].SharedBy, connections["snmp"].IsShared), Is.EqualTo(((string?)null, true)));
        Assert.That((connections["web"].SharedBy, connections["web"].IsShared), Is.EqualTo(((string?)null, false)));
    }

    [Test]
    public void The_connection_class_is_not_told() =>
        Assert.That(Testbed.Parse(Lab).Devices.Values.SelectMany(static device => device.Connections.Values)
            .Where(static connection => !connection.IsShared).Select(static connection => connection.Arguments), Is.All.Empty);

    [Test]
    public async Task A_program_that_cannot_take_turns_refuses_a_connection_that_is_to()
    {
        await using var device = DeviceWith(new DeviceOptions());

        Assert.That(
            () => device.Connections.Instantiate(new ConnectOptions { Alias = "cli" }),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("edge2").And.Message.Contains("LockScopes"));
    }

    [Test]
    public async Task A_way_to_take_turns_that_is_not_registered_is_refused_with_those_that_are()
    {
        await using var device = DeviceWith(new DeviceOptions { LockScope = new LockScopes().Add("other", static _ => new OpenScope()).Open });

        Assert.That(
            () => device.Connections.Instantiate(new ConnectOptions { Alias = "cli" }),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("'host'").And.Message.Contains("'other'"));
    }

    [Test]
    public async Task Processes_do_not_take_turns_on_a_pool()
    {
        await using var device = DeviceWith(new DeviceOptions { LockScope = new LockScopes().Add("host", static _ => new OpenScope()).Open });

        Assert.That(
            () => device.Connections.Instantiate(new ConnectOptions { Alias = "console" }),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("pool of 2").And.Message.Contains("shared: true"));
        device.Connections.Instantiate(new ConnectOptions { Alias = "cli" });
    }

    [Test]
    public void What_they_take_turns_by_is_a_part_of_the_settings() =>
        Assert.That(
            (new ConnectionSettings { DeviceName = "edge1", SharedBy = "host" }).DifferencesFrom(new ConnectionSettings { DeviceName = "edge1" }),
            Is.EqualTo(new[] { "shared" }));

    private static Device DeviceWith(DeviceOptions options) => new(
        Testbed.Parse(Lab).Devices["edge2"].Settings, new ConnectionClasses().Add("telnet", static settings => new IdleConnection(settings)), options);

    private sealed class IdleConnection(ConnectionSettings settings) : BaseConnection(settings)
    {
        protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class OpenScope : ILockScope
    {
        public LockHolder? Holder => null;

        public ValueTask EnterAsync(TimeSpan timeout, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Enter(TimeSpan timeout, CancellationToken cancellationToken)
        {
        }

        public ValueTask EnsureInsideAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void EnsureInside()
        {
        }

        public void Leave()
        {
        }

        public void Dispose()
        {
        }
    }
}
