using System.Buffers.Binary;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.IPv4"/>.</summary>
public readonly struct IPv4Arcs : IIndexParser<uint>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out uint value)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        var valid = reader.TryReadOctets(octets);
        value = valid ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;
        return valid;
    }
}
