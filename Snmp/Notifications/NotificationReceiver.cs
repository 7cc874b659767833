using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>Judges datagrams, and writes the answers: octets in, octets out. Whatever the octets, it throws nothing. One thread uses it.</summary>
internal sealed class NotificationReceiver : IDisposable
{
    private readonly CommunityReceiver _community;
    private readonly SecuredReceiver _secured;

    /// <inheritdoc cref="SecuredReceiver(SnmpNotificationListenerOptions)"/>
    internal NotificationReceiver(SnmpNotificationListenerOptions options)
    {
        _community = new CommunityReceiver(options.Communities, options.TimeProvider);
        _secured = new SecuredReceiver(options);
    }

    /// <summary>How many senders of signed traps are remembered.</summary>
    internal int KnownEngines => _secured.KnownEngines;

    /// <summary>Judges a datagram.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="room">Where the answer goes, which is no larger than this.</param>
    internal Judgement Receive(in NotificationDatagram datagram, Span<byte> room)
    {
        var error = SnmpMessageReader.TryRead(datagram.Octets, out var header);
        if (error == SnmpParseError.None)
        {
            return _community.Receive(datagram, header, room);
        }

        return error == SnmpParseError.UnsupportedVersion && header.Version == SnmpVersion.V3
            ? _secured.Receive(datagram, room)
            : Judgement.Dropped(SnmpNotificationDrop.Unparsable);
    }

    public void Dispose() => _secured.Dispose();
}
