using System.Collections.Immutable;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>Indexes of rows as typed values, and back (RFC 2578, section 7.7). Thread-safe.</summary>
public static partial class IndexCodec
{
    /// <summary>Reads an index.</summary>
    /// <param name="columns">The parts that the index has: <see cref="MibNode.Index"/> of the row or of a column.</param>
    /// <param name="index">The index.</param>
    /// <param name="values">The values, one for each part; none where the index is not of this form.</param>
    /// <returns>
    /// Whether the index is of this form to its last arc. Agents' indexes often are not: it is then best shown in numbers, as <see cref="OidIndex.ToString"/> does.
    /// </returns>
    public static bool TryDecode(ImmutableArray<MibIndexColumn> columns, OidIndex index, out ImmutableArray<MibIndexValue> values)
    {
        values = [];
        if (columns.IsDefaultOrEmpty)
        {
            return false;
        }

        Span<uint> arcs = stackalloc uint[OidIndex.MaxArcs];
        ReadOnlySpan<uint> left = arcs[..index.CopyTo(arcs)];
        var decoded = ImmutableArray.CreateBuilder<MibIndexValue>(columns.Length);
        foreach (var column in columns)
        {
            if (!TryTake(column, ref left, out var value))
            {
                return false;
            }

            decoded.Add(new MibIndexValue(column.Column, value));
        }

        if (!left.IsEmpty)
        {
            return false;
        }

        values = decoded.MoveToImmutable();
        return true;
    }

    /// <summary>The part that comes next after arcs that hold the values of those before it, and no more.</summary>
    internal static bool TryFindNext(ImmutableArray<MibIndexColumn> columns, ReadOnlySpan<uint> arcs, out MibIndexColumn next)
    {
        next = default;
        if (columns.IsDefaultOrEmpty)
        {
            return false;
        }

        foreach (var column in columns)
        {
            if (arcs.IsEmpty)
            {
                next = column;
                return true;
            }

            if (!TryTake(column, ref arcs, out _))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryTake(in MibIndexColumn column, ref ReadOnlySpan<uint> arcs, out IndexValue value)
    {
        value = default;
        return column.Column.Syntax is { } syntax && syntax.Type switch
        {
            SnmpType.Integer32 => arcs is [<= int.MaxValue, ..] && TryTakeNumber(ref arcs, out value),
            SnmpType.Gauge32 or SnmpType.Counter32 or SnmpType.TimeTicks => !arcs.IsEmpty && TryTakeNumber(ref arcs, out value),
            SnmpType.IpAddress => TryTakeOctets(IndexForm.IPv4Length, ref arcs, out value),
            SnmpType.OctetString or SnmpType.Opaque => TryTakeLength(column, syntax, ref arcs, out var length) && TryTakeOctets(length, ref arcs, out value),
            SnmpType.ObjectIdentifier => TryTakeLength(column, syntax, ref arcs, out var length) && TryTakeOid(length, ref arcs, out value),
            _ => false,
        };
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<uint> arcs, out IndexValue value)
    {
        value = arcs[0];
        arcs = arcs[1..];
        return true;
    }

    private static bool TryTakeLength(in MibIndexColumn column, MibSyntax syntax, ref ReadOnlySpan<uint> arcs, out int length)
    {
        length = IndexForm.LengthOf(column, syntax) ?? arcs.Length;
        if (!IndexForm.HasLength(column, syntax))
        {
            return true;
        }

        if (arcs.IsEmpty || arcs[0] > OidIndex.MaxArcs)
        {
            return false;
        }

        length = (int)arcs[0];
        arcs = arcs[1..];
        return true;
    }

    private static bool TryTakeOctets(int length, ref ReadOnlySpan<uint> arcs, out IndexValue value)
    {
        value = default;
        if (length > arcs.Length || arcs[..length].ContainsAnyExceptInRange(0u, byte.MaxValue))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[OidIndex.MaxArcs];
        for (var i = 0; i < length; i++)
        {
            octets[i] = (byte)arcs[i];
        }

        value = IndexValue.FromOctets(octets[..length]);
        arcs = arcs[length..];
        return true;
    }

    private static bool TryTakeOid(int length, ref ReadOnlySpan<uint> arcs, out IndexValue value)
    {
        value = default;
        if (length > arcs.Length || !IndexForm.IsOid(arcs[..length]))
        {
            return false;
        }

        value = new Oid(arcs[..length]);
        arcs = arcs[length..];
        return true;
    }
}
