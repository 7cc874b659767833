using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>
/// A live listener under mutated messages: each is counted once as what it is, nobody's signature is believed who did not sign, informs in between are acknowledged, and
/// memory stays flat.
/// </summary>
[TestFixture(false, 1)]
[TestFixture(true, 2)]
internal sealed class ListenerFuzzTests(bool portable, int seed) : ListenerFixture(portable)
{
    // No more at once than the listener's socket holds, so that each message arrives.
    private const int AtOnce = 50;

    private static readonly SnmpUser Signer = Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, "signer");
    private static readonly SnmpUser Plain = Pairs.User(AuthenticationProtocol.None, PrivacyProtocol.None, "plain");

    [Test]
    public async Task Mutated_messages_are_counted_once_and_never_believed()
    {
        using var identity = SnmpEngineIdentity.CreateTransient();
        var listener = Listen(new SnmpNotificationListenerOptions
        {
            Users = [Signer, Plain],
            Identity = identity,
            MaxQueuedBytes = 1 << 20,
            DuplicateWindow = TimeSpan.FromMilliseconds(1),
        });
        using var hostile = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var honest = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var corpus = Corpus(identity);
        var mutator = new OctetMutator(seed);
        var mutated = new byte[MessageCorpus.LargestMessage * 2];
        var (sent, informs, read) = (0L, 0, 0L);
        var memory = new MemoryGauge();
        while (sent < Thoroughness.HostileInputs / 2)
        {
            for (var i = 0; i < AtOnce; i++, sent++)
            {
                hostile.Client.SendTo(mutated.AsSpan(0, mutator.Mutate(corpus[sent % corpus.Length], mutated)), EndPoint);
            }

            await honest.SendAsync(NotificationMessages.V2c(PduType.Inform, requestId: ++informs), EndPoint).AsTask().WaitAsync(Bound);
            Assert.That(SnmpMessageReader.TryRead((await honest.ReceiveAsync().WaitAsync(Bound)).Buffer, out var answer), Is.EqualTo(SnmpParseError.None));
            Assert.That((answer.PduType, answer.RequestId), Is.EqualTo((PduType.Response, informs)));
            for (; read < listener.Statistics.Delivered; read++)
            {
                Assert.That((await NextAsync()).SecurityLevel, Is.EqualTo(SecurityLevel.NoAuthNoPriv));
            }
        }

        var statistics = listener.Statistics;
        Assert.That(statistics.Received, Is.EqualTo(sent + informs));
        Assert.That(
            statistics.Delivered + statistics.Duplicates + statistics.Discoveries + statistics.Dropped, Is.EqualTo(statistics.Received), "each is counted once");
        Assert.That((statistics.Queued, statistics.QueuedBytes), Is.EqualTo((0, 0)));
        Assert.That(statistics.Delivered, Is.GreaterThan(informs + (sent / 50)));
        Assert.That(statistics.DroppedFor(SnmpNotificationDrop.WrongDigest), Is.GreaterThan(sent / 500));
        memory.AssertFlat();
    }

    // Signed messages of an engine that the listener never met: only mutations of them are sent.
    private static byte[][] Corpus(SnmpEngineIdentity identity)
    {
        using var stranger = new UsmAuthority(
            SnmpEngineId.Parse("8000000001020304"), 1, [Plain, Signer with { AuthenticationKey = UsmKey.Password("a wrong password") }], TimeProvider.System);
        var peer = new UsmPeer(TimeProvider.System);
        peer.Rename(identity.EngineId);
        peer.Hint(identity.Boots, 0);
        using var plain = new UsmSession(Plain, peer);
        return
        [
            NotificationMessages.V1(), NotificationMessages.V2c(PduType.TrapV2), NotificationMessages.V2c(PduType.Inform), NotificationMessages.Discovery(),
            NotificationMessages.Trap(stranger, Signer), NotificationMessages.Trap(stranger, Plain), NotificationMessages.ToEngine(plain),
            .. MessageCorpus.Build(), .. MessageCorpus.BuildSecured(),
        ];
    }
}
