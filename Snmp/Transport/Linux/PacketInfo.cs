using System.Net;

namespace Connections.Snmp.Transport.Linux;

/// <summary>Reads and writes the control data of IP_PKTINFO and IPV6_PKTINFO (ip(7), ipv6(7), RFC 3542 section 6).</summary>
internal static unsafe class PacketInfo
{
    private const int V4Size = 12; // interface, address to reply from, address in the packet's header
    private const int V6Size = 20; // address, interface

    /// <summary>The local address a datagram came to, or default if the kernel did not say.</summary>
    internal static DatagramEndPoint Read(in MessageHeader message)
    {
        if (!ControlData.TryFirst(in message, out var header, out var data))
        {
            return default;
        }

        return (header.Level, header.Type) switch
        {
            (Libc.IPPROTO_IP, Libc.IP_PKTINFO) when data.Length >= V4Size =>
                DatagramEndPoint.FromV4(data.Slice(4, 4), 0),
            (Libc.IPPROTO_IPV6, Libc.IPV6_PKTINFO) when data.Length >= V6Size =>
                DatagramEndPoint.From(new IPAddress(data[..16]), 0),
            _ => default,
        };
    }

    /// <summary>Makes the message leave from <paramref name="local"/>, or from where the system chooses if that is default.</summary>
    internal static void Write(ref MessageHeader message, in DatagramEndPoint local, byte* control)
    {
        if (local.Family == System.Net.Sockets.AddressFamily.Unspecified)
        {
            message.Control = null;
            message.ControlLength = 0;
            return;
        }

        var isV6 = local.Family == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var size = isV6 ? V6Size : V4Size;
        var data = ControlData.Write(
            ref message,
            control,
            isV6 ? Libc.IPPROTO_IPV6 : Libc.IPPROTO_IP,
            isV6 ? Libc.IPV6_PKTINFO : Libc.IP_PKTINFO,
            size);
        data.Clear();
        local.CopyAddressTo(isV6 ? data : data.Slice(4, 4));
    }
}
