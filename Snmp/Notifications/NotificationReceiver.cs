using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>Judges datagrams, and writes the answers: octets in, octets out. Whatever the octets, it throws nothing. One thread uses it.</summary>
internal sealed class NotificationReceiver(SnmpNotificationListenerOptions options)
{
    private readonly CommunityReceiver _community = new(options.Communities, options.TimeProvider);

    /// <summary>Judges a datagram.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="room">Where the answer goes, which is no larger than this.</param>
    internal Judgement Receive(in NotificationDatagram datagram, Span<byte> room) =>
        SnmpMessageReader.TryRead(datagram.Octets, out var header) == SnmpParseError.None
            ? _community.Receive(datagram, header, room)
            : Judgement.Dropped(SnmpNotificationDrop.Unparsable);
}
