using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>What the meter <c>Connections</c> says of a listener.</summary>
internal sealed class ListenerMetricsTests : ListenerFixture
{
    private const string Prefix = "connections.snmp.notifications.";

    private static readonly IEnumerable<string> Reasons =
        Enum.GetNames<SnmpNotificationDrop>().Where(static name => name != nameof(SnmpNotificationDrop.None));

    private InstrumentReadings _instruments = null!;
    private UdpClient _client = null!;

    [SetUp]
    public void Begin()
    {
        _instruments = new InstrumentReadings();
        _client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
    }

    [TearDown]
    public void End()
    {
        _client.Dispose();
        _instruments.Dispose();
    }

    [Test]
    public void Every_instrument_is_there_and_begins_at_zero()
    {
        _ = Listener;

        var readings = _instruments.Read();

        Assert.That(readings.Keys, Is.EquivalentTo(
            new[] { "received", "delivered", "acknowledged", "duplicates", "discoveries", "queued" }.Concat(Reasons.Select(static reason => $"dropped{{{reason}}}"))
                .Select(static name => Prefix + name)));
        Assert.That(readings.Values, Is.All.Zero);
    }

    [Test]
    public async Task What_comes_is_counted_once_as_what_it_is()
    {
        Listen(new SnmpNotificationListenerOptions { Communities = [new Secret("public")], TimeProvider = new FakeTime() });
        await SendAsync("no SNMP"u8.ToArray());
        await SendAsync(NotificationMessages.V2c(PduType.Get));
        await SendAsync(NotificationMessages.V2c(PduType.TrapV2));
        await AskAsync(NotificationMessages.Discovery());
        await AskAsync(NotificationMessages.V2c(PduType.Inform));
        await AskAsync(NotificationMessages.V2c(PduType.Inform));

        var readings = _instruments.Read();

        // Both the trap and the inform wait to be read; the inform was repeated.
        AssertRead(readings, ("received", 6), ("delivered", 2), ("acknowledged", 2), ("duplicates", 1), ("discoveries", 1), ("queued", 2));
        Assert.That(
            Reasons.Where(reason => readings[$"{Prefix}dropped{{{reason}}}"] != 0),
            Is.EquivalentTo(new[] { nameof(SnmpNotificationDrop.Unparsable), nameof(SnmpNotificationDrop.NotANotification) }));

        await NextAsync();
        AssertRead(_instruments.Read(), ("delivered", 2), ("queued", 1));
    }

    [Test]
    public async Task A_listener_that_has_ended_says_nothing_any_more()
    {
        await Listener.DisposeAsync();

        Assert.That(_instruments.Read(), Is.Empty);
    }

    private static void AssertRead(IReadOnlyDictionary<string, long> readings, params (string Name, long Value)[] expected) =>
        Assert.That(expected.Select(pair => (pair.Name, readings[Prefix + pair.Name])), Is.EqualTo(expected));

    private Task<int> SendAsync(byte[] datagram) => _client.SendAsync(datagram, EndPoint).AsTask().WaitAsync(Bound);

    private async Task AskAsync(byte[] datagram)
    {
        await SendAsync(datagram);
        await _client.ReceiveAsync().WaitAsync(Bound);
    }
}
