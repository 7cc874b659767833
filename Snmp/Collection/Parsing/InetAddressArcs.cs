using System.Buffers.Binary;
using System.Net;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.InetAddress"/>.</summary>
public readonly struct InetAddressArcs : IIndexParser<IPAddress>
{
    private const int MaxLength = 20;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out IPAddress value)
    {
        value = IPAddress.None;
        if (!reader.TryReadArc(out var kind) || !reader.TryReadArc(out var length))
        {
            return false;
        }

        if ((kind, length) is not ((1, 4) or (2, 16) or (3, 8) or (4, 20)))
        {
            return reader.Fail(ParseFailure.OutOfRange);
        }

        Span<byte> octets = stackalloc byte[MaxLength];
        if (!reader.TryReadOctets(octets[..(int)length]))
        {
            return false;
        }

        // The zoned kinds have the zone's number after the address.
        value = kind switch
        {
            1 or 3 => new IPAddress(octets[..4]),
            2 => new IPAddress(octets[..16]),
            _ => new IPAddress(octets[..16], BinaryPrimitives.ReadUInt32BigEndian(octets[16..])),
        };
        return true;
    }
}
