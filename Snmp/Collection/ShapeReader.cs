using System.Diagnostics.CodeAnalysis;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>Reads the shapes of a block, which may be hostile.</summary>
internal static class ShapeReader
{
    private const int LeastRootLength = sizeof(ushort) + 1;
    private const int LeastRangeLength = 1 + 2 * sizeof(ushort);

    internal static bool TryRead(ref BlockTableReader reader, [NotNullWhen(true)] out CollectShape? shape)
    {
        shape = null;
        var id = (ulong)reader.ReadInt64();
        var kind = (CollectKind)reader.ReadByte();
        reader.ReadByte();
        var roots = reader.ReadUInt16();
        var ranges = reader.ReadUInt32();
        if ((long)roots * LeastRootLength + (long)ranges * LeastRangeLength > reader.Remaining
            || !TryReadRoots(ref reader, roots, out var rootOids) || !TryReadRanges(ref reader, (int)ranges, out var indexRanges))
        {
            return false;
        }

        return CollectShape.TryRestore(id, kind, rootOids, indexRanges, out shape);
    }

    private static bool TryReadRoots(ref BlockTableReader reader, int count, out Oid[] roots)
    {
        roots = new Oid[count];
        for (var i = 0; i < count; i++)
        {
            if (reader.Take(reader.ReadUInt16()) is { IsEmpty: false } octets && EncodedOid.IsCanonical(octets))
            {
                roots[i] = Oid.FromCanonical(octets);
            }
            else
            {
                return false;
            }
        }

        return !reader.HasFailed;
    }

    private static bool TryReadRanges(ref BlockTableReader reader, int count, out IndexRange[] ranges)
    {
        ranges = new IndexRange[count];
        for (var i = 0; i < count; i++)
        {
            var ends = reader.ReadByte();
            if (!OidIndex.TryFromOctets(reader.Take(reader.ReadUInt16()), out var start)
                || !OidIndex.TryFromOctets(reader.Take(reader.ReadUInt16()), out var stop))
            {
                return false;
            }

            var hasStop = (ends & BlockLayout.RangeHasStop) != 0;
            if (hasStop && stop <= start)
            {
                return false;
            }

            ranges[i] = new IndexRange((ends & BlockLayout.RangeHasStart) != 0 ? start : null, hasStop ? stop : null);
        }

        return !reader.HasFailed;
    }
}
