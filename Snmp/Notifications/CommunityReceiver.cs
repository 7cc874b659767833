using System.Security.Cryptography;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>Judges what comes by SNMPv1 and SNMPv2c.</summary>
internal sealed class CommunityReceiver(IReadOnlyList<Secret>? communities, TimeProvider time)
{
    private readonly (byte[] Octets, Secret Secret)[]? _accepted =
        communities?.Select(static secret => (Encoding.UTF8.GetBytes(secret.Reveal()), secret)).ToArray();

    internal Judgement Receive(in NotificationDatagram datagram, in SnmpMessageHeader header, Span<byte> room)
    {
        if (header.PduType is not (PduType.TrapV1 or PduType.TrapV2 or PduType.Inform))
        {
            return Judgement.Dropped(SnmpNotificationDrop.NotANotification);
        }

        if (Find(header.Community) is not { } community)
        {
            return Judgement.Dropped(SnmpNotificationDrop.WrongCommunity);
        }

        var notification = header.PduType == PduType.TrapV1
            ? NotificationPdu.ReadTrapV1(datagram, header, time.GetUtcNow())
            : NotificationPdu.Read(datagram, header, time.GetUtcNow());
        if (notification is null)
        {
            return Judgement.Dropped(SnmpNotificationDrop.Unparsable);
        }

        notification = notification with { Community = community };
        return notification.IsInform ? Acknowledge(notification, datagram, header, room) : Judgement.Trap(notification);
    }

    private static Judgement Acknowledge(SnmpNotification inform, in NotificationDatagram datagram, in SnmpMessageHeader header, Span<byte> room)
    {
        var writer = new SnmpMessageWriter(room, header.Version, header.Community, PduType.Response, header.RequestId);
        if (NotificationPdu.TryEcho(ref writer, header.VarBinds) && writer.TryComplete(out var length))
        {
            return Judgement.Inform(inform, length, KeyOf(datagram, header));
        }

        writer = new SnmpMessageWriter(room, header.Version, header.Community, PduType.Response, header.RequestId, (int)SnmpErrorStatus.TooBig);
        return Judgement.Dropped(SnmpNotificationDrop.TooBig, writer.TryComplete(out length) ? length : 0);
    }

    private static DuplicateKey KeyOf(in NotificationDatagram datagram, in SnmpMessageHeader header)
    {
        var content = default(HashCode);
        content.AddBytes(header.Community);
        content.AddBytes(header.VarBinds);
        return new DuplicateKey(datagram.Source, header.RequestId, content.ToHashCode());
    }

    private Secret? Find(ReadOnlySpan<byte> community)
    {
        if (_accepted is null)
        {
            return new Secret(Encoding.UTF8.GetString(community));
        }

        Secret? found = null;
        foreach (var (octets, secret) in _accepted)
        {
            // All are compared, so that the time does not tell which one came close.
            found = CryptographicOperations.FixedTimeEquals(octets, community) ? secret : found;
        }

        return found;
    }
}
