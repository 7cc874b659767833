using System.Buffers.Binary;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Mac"/>.</summary>
public readonly struct MacArcs : IIndexParser<ulong>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out ulong value)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        octets[0] = octets[1] = 0;
        var valid = reader.TryReadOctets(octets[2..]);
        value = valid ? BinaryPrimitives.ReadUInt64BigEndian(octets) : 0;
        return valid;
    }
}
