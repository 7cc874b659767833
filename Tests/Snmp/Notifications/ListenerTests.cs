using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Engine;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>The listener behind a plain socket.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class ListenerTests(bool portable) : ListenerFixture(portable)
{
    private static readonly SnmpUser User = Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128);
    private static readonly SnmpEngineId Engine = SnmpEngineId.Parse("8000000001020304");

    private UdpClient _client = null!;

    [SetUp]
    public void MakeClient() => _client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));

    [TearDown]
    public void CloseClient() => _client.Dispose();

    [Test]
    public async Task A_repeated_inform_is_acknowledged_again_and_delivered_once_within_the_window()
    {
        var clock = new FakeTime();
        var listener = Listen(new SnmpNotificationListenerOptions { TimeProvider = clock });
        var inform = NotificationMessages.V2c(PduType.Inform);

        var first = await AskAsync(inform);
        Assert.That(await AskAsync(inform), Is.EqualTo(first));
        Assert.That((listener.Statistics.Delivered, listener.Statistics.Acknowledged, listener.Statistics.Duplicates), Is.EqualTo((1, 2, 1)));

        await AskAsync(NotificationMessages.V2c(PduType.Inform, upTime: 2));
        Assert.That(listener.Statistics.Delivered, Is.EqualTo(2), "another content under the same request-id is another inform");
        clock.Advance(TimeSpan.FromSeconds(151));
        await AskAsync(inform);
        Assert.That(listener.Statistics.Delivered, Is.EqualTo(3));
    }

    [Test]
    public async Task An_acknowledgement_repeats_request_id_and_varbinds()
    {
        _ = Listener;
        var answer = await AskAsync(NotificationMessages.V2c(PduType.Inform, requestId: 4711, upTime: 9));

        Assert.That(SnmpMessageReader.TryRead(answer, out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That((header.PduType, header.RequestId, header.ErrorStatus), Is.EqualTo((PduType.Response, 4711, SnmpErrorStatus.NoError)));
        Assert.That(Protocol.Messages.VarBinds(header), Is.EqualTo(NotificationMessages.Content(9)));
    }

    [Test]
    public async Task What_is_no_notification_is_counted_and_gets_no_answer()
    {
        var logger = new RecordingLogger();
        var listener = Listen(new SnmpNotificationListenerOptions { Logger = logger });
        await SendAsync("no SNMP"u8.ToArray());
        await SendAsync([]);
        await SendAsync(NotificationMessages.V2c(PduType.Get));
        await SendAsync(NotificationMessages.V2c(PduType.Response));

        // The listener answers in order, so that nothing was answered before.
        var answer = await AskAsync(NotificationMessages.V2c(PduType.Inform, requestId: 4711));
        Assert.That(SnmpMessageReader.TryRead(answer, out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.RequestId, Is.EqualTo(4711));
        var statistics = listener.Statistics;
        Assert.That(
            (statistics.Received, statistics.DroppedFor(SnmpNotificationDrop.Unparsable), statistics.DroppedFor(SnmpNotificationDrop.NotANotification), statistics.Dropped),
            Is.EqualTo((5, 2, 2, 4)));
        Assert.That(logger.Messages, Has.Count.EqualTo(2), "each reason at most once a minute");
        Assert.That(() => statistics.DroppedFor((SnmpNotificationDrop)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Traps_that_find_no_room_are_dropped_and_counted()
    {
        var listener = Listen(new SnmpNotificationListenerOptions { MaxQueuedBytes = 65_536 });
        for (var i = 0; i < 40; i++)
        {
            await SendAsync(NotificationMessages.V2c(PduType.TrapV2, upTime: (uint)i, more: 60));
        }

        await AskAsync(NotificationMessages.Discovery());
        var statistics = listener.Statistics;
        Assert.That(statistics.Queued, Is.InRange(1, 30));
        Assert.That(statistics.QueuedBytes, Is.InRange(30_000, 65_536));
        Assert.That(statistics.DroppedFor(SnmpNotificationDrop.QueueFull), Is.EqualTo(40 - statistics.Queued));
        for (var i = 0; i < statistics.Queued; i++)
        {
            Assert.That((await NextAsync()).SysUpTime, Is.EqualTo(TimeSpan.FromMilliseconds(i * 10)), "the first ones stay, in order");
        }

        Assert.That(listener.Statistics.QueuedBytes, Is.Zero);
    }

    [Test]
    public async Task A_copied_trap_that_is_signed_is_delivered_once_wherever_it_comes_from()
    {
        var listener = Listen(new SnmpNotificationListenerOptions { Users = [User] });
        using var sender = new UsmAuthority(Engine, 1, [User], TimeProvider.System);
        var trap = NotificationMessages.Trap(sender, User);
        using var attacker = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));

        await SendAsync(trap);
        await attacker.SendAsync(trap, EndPoint).AsTask().WaitAsync(Bound);
        await SendAsync(NotificationMessages.Trap(sender, User, messageId: 8, upTime: 2));

        Assert.That(new[] { (await NextAsync()).SysUpTime, (await NextAsync()).SysUpTime }, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.01), TimeSpan.FromSeconds(0.02) }));
        Assert.That(listener.Statistics.Duplicates, Is.EqualTo(1));
    }

    [Test]
    public async Task Reading_ends_with_the_listener_once_everything_was_read()
    {
        var listener = Listener;
        await AskAsync(NotificationMessages.V2c(PduType.Inform));
        await listener.DisposeAsync().AsTask().WaitAsync(Bound);

        var rest = new List<SnmpNotification>();
        await foreach (var notification in listener.ReadAllAsync())
        {
            rest.Add(notification);
        }

        Assert.That(rest, Has.Count.EqualTo(1));
        await listener.DisposeAsync().AsTask().WaitAsync(Bound);
    }

    [Test]
    public async Task A_cancelled_reader_leaves_what_comes_to_the_next()
    {
        var listener = Listener;
        using var cancelled = new CancellationTokenSource();
        var waiting = listener.ReadAllAsync(cancelled.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync().AsTask();
        await cancelled.CancelAsync();
        Assert.That(async () => await waiting.WaitAsync(Bound), Throws.InstanceOf<OperationCanceledException>());

        await AskAsync(NotificationMessages.V2c(PduType.Inform));
        Assert.That((await NextAsync()).IsInform, Is.True);
    }

    [Test]
    public void An_end_point_that_is_taken_is_named()
    {
        _ = Listener;

        Assert.That(
            () => new SnmpNotificationListener(new SnmpNotificationListenerOptions { EndPoints = [EndPoint] }),
            Throws.TypeOf<SnmpException>().With.Message.Contains(EndPoint.ToString()).And.Message.Contains("choose another port"));
    }

    [Test]
    public void Users_that_make_no_sense_are_refused()
    {
        var localized = new SnmpUser("l") { Authentication = AuthenticationProtocol.Md5, AuthenticationKey = UsmKey.Localized(new Secret(new string('a', 32))) };
        Assert.That(() => Start(User, User), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => Start(localized), Throws.ArgumentException.With.Message.Contains("EngineId"));
        Assert.That(() => Start(User with { AuthenticationKey = null }), Throws.ArgumentException);

        static SnmpNotificationListener Start(params SnmpUser[] users) =>
            new(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)], Users = users });
    }

    private Task<int> SendAsync(byte[] datagram) => _client.SendAsync(datagram, EndPoint).AsTask().WaitAsync(Bound);

    private async Task<byte[]> AskAsync(byte[] datagram)
    {
        await SendAsync(datagram);
        return (await _client.ReceiveAsync().WaitAsync(Bound)).Buffer;
    }
}
