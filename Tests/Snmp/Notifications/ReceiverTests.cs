using System.Net;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;
using Connections.Snmp.Tests.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>What the listener makes of octets, without sockets.</summary>
internal sealed class ReceiverTests
{
    private const int Seeds = 4;

    private static readonly int InputsPerSeed = Thoroughness.HostileInputs / Seeds;

    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 162);
    private static readonly DatagramEndPoint Sender = DatagramEndPoint.From(IPAddress.Parse("127.0.0.2"), 50_000);
    private static readonly SnmpEngineId Engine = SnmpEngineId.Parse("8000000001020304");
    private static readonly SnmpUser Plain = Pairs.User(AuthenticationProtocol.None, PrivacyProtocol.None, "plain");
    private static readonly SnmpUser Private = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes256C, "private");

    private readonly byte[] _room = new byte[SendBatch.LargestDatagram];

    [Test]
    public void Forged_engines_take_no_memory_and_known_ones_a_bounded_one()
    {
        using var receiver = Receiver(maxEngines: 3);
        using var forger = new UsmAuthority(Engine, 1, [Private with { AuthenticationKey = UsmKey.Password("a wrong password") }], TimeProvider.System);
        var forged = NotificationMessages.Trap(forger, Private);
        var name = forged.AsSpan().IndexOf(Engine.Octets);
        for (var i = 0; i < 1_000; i++)
        {
            Random.Shared.NextBytes(forged.AsSpan(name + 4, 4));
            Assert.That(Judge(receiver, forged).Drop, Is.EqualTo(SnmpNotificationDrop.WrongDigest));
        }

        Assert.That(receiver.KnownEngines, Is.Zero);
        for (byte i = 0; i < 10; i++)
        {
            using var sender = new UsmAuthority(SnmpEngineId.Create(1, [i]), 1, [Private], TimeProvider.System);
            Assert.That(Judge(receiver, NotificationMessages.Trap(sender, Private)).Notification, Is.Not.Null);
            Assert.That(receiver.KnownEngines, Is.EqualTo(Math.Min(i + 1, 3)));
        }
    }

    [Test]
    public void An_inform_whose_acknowledgement_its_sender_cannot_take_is_answered_with_tooBig_and_not_delivered()
    {
        using var identity = SnmpEngineIdentity.CreateTransient();
        using var receiver = Receiver(identity);
        using var session = SessionOf(Plain, identity);

        var judgement = Judge(receiver, NotificationMessages.ToEngine(session, maxSize: 484, more: 50));

        Assert.That((judgement.Drop, judgement.Notification), Is.EqualTo((SnmpNotificationDrop.TooBig, (SnmpNotification?)null)));
        Assert.That(judgement.AnswerLength, Is.InRange(1, 484));
        Assert.That(SecuredMessageReader.TryRead(_room.AsSpan(0, judgement.AnswerLength), out var answer), Is.EqualTo(SnmpParseError.None));
        Assert.That(SecuredMessageReader.TryReadScopedPdu(answer.Data, out var scoped), Is.EqualTo(SnmpParseError.None));
        Assert.That(scoped.Header.ErrorStatus, Is.EqualTo(SnmpErrorStatus.TooBig));
    }

    [Test]
    public void A_trap_that_claims_to_want_a_report_is_a_trap_where_that_can_be_seen()
    {
        using var receiver = Receiver();
        using var sender = new UsmAuthority(Engine, 1, [Plain], TimeProvider.System);
        var trap = NotificationMessages.Trap(sender, Plain);
        trap[trap.AsSpan().IndexOf<byte>([0x04, 0x01, 0x00, 0x02, 0x01, 0x03]) + 2] = (byte)SecuredFlags.Reportable;

        Assert.That(Judge(receiver, trap).Notification?.EngineId, Is.EqualTo(Engine));
    }

    [Test]
    public void A_get_in_version_3_is_refused_by_a_report()
    {
        using var identity = SnmpEngineIdentity.CreateTransient();
        using var receiver = Receiver(identity);
        using var session = SessionOf(Plain, identity);

        var judgement = Judge(receiver, NotificationMessages.ToEngine(session, PduType.Set));

        Assert.That(judgement.Drop, Is.EqualTo(SnmpNotificationDrop.NotANotification));
        Assert.That(SecuredMessageReader.TryRead(_room.AsSpan(0, judgement.AnswerLength), out var answer), Is.EqualTo(SnmpParseError.None));
        Assert.That(session.Process(answer, new byte[_room.Length], out _, isOutdated: false), Is.EqualTo(UsmOutcome.OtherReport));
    }

    [Test]
    public void A_trap_without_time_and_name_is_delivered_without_them()
    {
        using var receiver = Receiver();
        var room = new byte[100];
        var writer = new SnmpMessageWriter(room, SnmpVersion.V2c, "public"u8, PduType.TrapV2, 1);
        Assert.That(writer.TryComplete(out var length), Is.True);

        var trap = Judge(receiver, room[..length]).Notification!;

        Assert.That((trap.SysUpTime, trap.TrapOid, trap.VarBinds.Count), Is.EqualTo(((TimeSpan?)null, default(Oid), 0)));
        Assert.That(trap.ToTrapV1(), Is.Null);
    }

    [Test]
    public void Mutated_messages_are_judged_and_signed_ones_never_believed([Range(1, Seeds)] int seed)
    {
        using var identity = SnmpEngineIdentity.CreateTransient();
        using var receiver = Receiver(identity);
        using var sender = new UsmAuthority(Engine, 1, [Plain, Private], TimeProvider.System);
        using var plain = SessionOf(Plain, identity);
        using var secret = SessionOf(Private, identity);
        byte[][] signed = [NotificationMessages.Trap(sender, Private), NotificationMessages.ToEngine(secret)];
        byte[][] open =
        [
            NotificationMessages.V1(), NotificationMessages.V2c(PduType.TrapV2), NotificationMessages.V2c(PduType.Inform), NotificationMessages.Discovery(),
            NotificationMessages.Trap(sender, Plain), NotificationMessages.ToEngine(plain),
        ];
        byte[][] corpus = [.. signed, .. open, .. signed, .. open, .. signed, .. open, .. signed, .. open, .. MessageCorpus.Build(), .. MessageCorpus.BuildSecured()];
        var mutator = new OctetMutator(seed);
        var buffer = new byte[4_000];
        var (drops, delivered, believed) = (new HashSet<SnmpNotificationDrop>(), 0, 0);
        var memory = new MemoryGauge();
        for (var round = 0; round < InputsPerSeed; round++)
        {
            var original = corpus[round % corpus.Length];
            var length = mutator.Mutate(original, buffer);
            var judgement = Judge(receiver, buffer[..length]);
            drops.Add(judgement.Drop);
            if (judgement.Notification is { } notification)
            {
                delivered++;
                believed += notification.SecurityLevel == SecurityLevel.NoAuthNoPriv || buffer.AsSpan().StartsWith(original) ? 0 : 1;
            }
        }

        Assert.That(believed, Is.Zero);
        Assert.That(delivered, Is.GreaterThan(InputsPerSeed / 50));
        Assert.That(receiver.KnownEngines, Is.LessThanOrEqualTo(1));
        memory.AssertFlat();
        Assert.That(drops, Is.SupersetOf(new[]
        {
            SnmpNotificationDrop.Unparsable, SnmpNotificationDrop.NotANotification, SnmpNotificationDrop.UnknownUser, SnmpNotificationDrop.UnknownEngine,
            SnmpNotificationDrop.WrongDigest, SnmpNotificationDrop.WrongSecurityLevel, SnmpNotificationDrop.WrongCommunity,
        }));
    }

    private static NotificationReceiver Receiver(SnmpEngineIdentity? identity = null, int maxEngines = 100) => new(new SnmpNotificationListenerOptions
    {
        Communities = [new Secret("public")],
        Users = [Plain, Private],
        Identity = identity,
        MaxEngines = maxEngines,
    });

    private static UsmSession SessionOf(SnmpUser user, SnmpEngineIdentity identity)
    {
        var peer = new UsmPeer(TimeProvider.System);
        peer.Rename(identity.EngineId);
        peer.Hint(identity.Boots, 0);
        return new UsmSession(user, peer);
    }

    private Judgement Judge(NotificationReceiver receiver, byte[] octets)
    {
        var judgement = receiver.Receive(new NotificationDatagram(octets, Sender, default, Here), _room);
        Assert.That(judgement.AnswerLength, Is.InRange(0, _room.Length));
        return judgement;
    }
}
