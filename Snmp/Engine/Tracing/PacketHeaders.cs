using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>Makes up the IP and UDP headers that a message may have had (RFC 791, RFC 8200, RFC 768), with right lengths and checksums.</summary>
internal static class PacketHeaders
{
    private const int V4Size = 20;
    private const int V6Size = 40;
    private const int UdpSize = 8;
    private const byte HopLimit = 64;
    private const byte Udp = 17;

    internal static byte[] Around(ReadOnlySpan<byte> message, IPEndPoint source, IPEndPoint destination)
    {
        // The ends of a trace are of one family, but for IPv4 addresses mapped into IPv6.
        var isV6 = source.AddressFamily == AddressFamily.InterNetworkV6 || destination.AddressFamily == AddressFamily.InterNetworkV6;
        var from = (isV6 ? source.Address.MapToIPv6() : source.Address).GetAddressBytes();
        var to = (isV6 ? destination.Address.MapToIPv6() : destination.Address).GetAddressBytes();
        var packet = new byte[(isV6 ? V6Size : V4Size) + UdpSize + message.Length];
        var datagram = packet.AsSpan(isV6 ? V6Size : V4Size);
        if (isV6)
        {
            WriteV6(packet, datagram.Length, from, to);
        }
        else
        {
            WriteV4(packet, from, to);
        }

        WriteUdp(datagram, message, source.Port, destination.Port, from, to);
        return packet;
    }

    private static void WriteV4(Span<byte> packet, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        packet[0] = 4 << 4 | V4Size / 4;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = HopLimit;
        packet[9] = Udp;
        from.CopyTo(packet[12..]);
        to.CopyTo(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Complement(Sum(packet[..V4Size])));
    }

    private static void WriteV6(Span<byte> packet, int payload, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        packet[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)payload);
        packet[6] = Udp;
        packet[7] = HopLimit;
        from.CopyTo(packet[8..]);
        to.CopyTo(packet[24..]);
    }

    private static void WriteUdp(Span<byte> datagram, ReadOnlySpan<byte> message, int source, int destination, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram, (ushort)source);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)destination);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        message.CopyTo(datagram[UdpSize..]);

        // Over a header of addresses, protocol and length too. A sum of zero would mean that there is none.
        var sum = Complement(Sum(datagram) + Sum(from) + Sum(to) + Udp + (uint)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    private static uint Sum(ReadOnlySpan<byte> octets)
    {
        var sum = 0u;
        for (; octets.Length > 1; octets = octets[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        }

        return octets.IsEmpty ? sum : sum + (uint)(octets[0] << 8);
    }

    private static ushort Complement(uint sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
