using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

/// <summary>A datagram as it came to a listener.</summary>
/// <param name="octets">The octets.</param>
/// <param name="source">Who sent it.</param>
/// <param name="asked">The address that it was sent to; default where the system does not say.</param>
/// <param name="bound">Where its socket is bound.</param>
internal readonly ref struct NotificationDatagram(ReadOnlySpan<byte> octets, DatagramEndPoint source, DatagramEndPoint asked, IPEndPoint bound)
{
    private readonly DatagramEndPoint _asked = asked;
    private readonly IPEndPoint _bound = bound;

    internal ReadOnlySpan<byte> Octets { get; } = octets;

    internal DatagramEndPoint Source { get; } = source;

    internal IPEndPoint LocalEndPoint => _asked.Family == AddressFamily.Unspecified ? _bound : new IPEndPoint(_asked.Address, _bound.Port);
}
