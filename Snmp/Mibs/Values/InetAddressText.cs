using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Mibs.Values;

/// <summary>An InetAddress (RFC 4001): its octets as the address they are, told by their number.</summary>
internal static class InetAddressText
{
    internal const string TypeName = "InetAddress";
    internal const string AddressTypeName = "InetAddressType";

    private const int IPv4Length = 4;
    private const int IPv6Length = 16;
    private const int ZoneLength = 4;

    /// <summary>The address, with the number of its zone where it has one; <see langword="null"/> where the octets are a name, or none of an address's lengths.</summary>
    internal static string? Format(ReadOnlySpan<byte> octets) => octets.Length switch
    {
        IPv4Length or IPv6Length => new IPAddress(octets).ToString(),
        IPv4Length + ZoneLength or IPv6Length + ZoneLength => string.Create(
            CultureInfo.InvariantCulture, $"{new IPAddress(octets[..^ZoneLength])}%{BinaryPrimitives.ReadUInt32BigEndian(octets[^ZoneLength..])}"),
        _ => null,
    };

    /// <summary>Reads an IPv4 or IPv6 address, with a zone in numbers or none.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out byte[] octets)
    {
        octets = [];
        var percent = text.IndexOf('%');
        var address = percent < 0 ? text : text[..percent];
        if (!IPAddress.TryParse(address, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && address.Count('.') != 3))
        {
            return false;
        }

        octets = parsed.GetAddressBytes();
        if (percent < 0)
        {
            return true;
        }

        Span<byte> zone = stackalloc byte[ZoneLength];
        if (!uint.TryParse(text[(percent + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(zone, number);
        octets = [.. octets, .. zone];
        return true;
    }

    /// <summary>Reads an IPv6 address as Net-SNMP writes it in indexes: sixteen pairs of hexadecimal digits, and the zone where there is one.</summary>
    internal static bool TryParsePairs(ReadOnlySpan<char> text, out byte[] octets)
    {
        const int TextLength = (IPv6Length * 3) - 1;
        octets = [];
        if (text.Length < TextLength || text[..TextLength].Count(':') != IPv6Length - 1)
        {
            return false;
        }

        Span<byte> pairs = stackalloc byte[IPv6Length];
        for (var i = 0; i < IPv6Length; i++)
        {
            if (!byte.TryParse(text.Slice(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out pairs[i]))
            {
                return false;
            }
        }

        return TryParse($"{new IPAddress(pairs)}{text[TextLength..]}", out octets);
    }
}
