using System.Collections.Immutable;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

public static partial class IndexCodec
{
    /// <summary>Makes an index of values.</summary>
    /// <param name="columns">The parts that the index has.</param>
    /// <param name="values">A value for each part.</param>
    /// <returns>The index.</returns>
    /// <exception cref="SnmpParseException">There are more or fewer values than parts, or one is not of its part's type or size; the message says which.</exception>
    public static OidIndex Encode(ImmutableArray<MibIndexColumn> columns, params ReadOnlySpan<IndexValue> values)
    {
        if (columns.IsDefault || values.Length != columns.Length)
        {
            throw new SnmpParseException($"The index has {(columns.IsDefault ? 0 : columns.Length)} parts{Names(columns)}, not {values.Length}.");
        }

        var arcs = new List<uint>();
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryAdd(arcs, columns[i], values[i]))
            {
                throw new SnmpParseException($"{values[i]} is no value of {columns[i].Column.QualifiedName}{TypeOf(columns[i])}.");
            }
        }

        return arcs.Count <= OidIndex.MaxArcs
            ? new OidIndex([.. arcs])
            : throw new SnmpParseException($"The index has {arcs.Count} arcs, more than the {OidIndex.MaxArcs} that an index can have.");
    }

    /// <summary>Adds the arcs of a value, unless it is not of its part's type or size.</summary>
    internal static bool TryAdd(List<uint> arcs, in MibIndexColumn column, in IndexValue value)
    {
        if (column.Column.Syntax is not { } syntax || value.Kind != KindOf(syntax) || !Fits(value, column, syntax))
        {
            return false;
        }

        switch (value.Kind)
        {
            case IndexValueKind.Number:
                arcs.Add(value.Number);
                break;
            case IndexValueKind.Octets:
                AddLength(arcs, column, syntax, value.Octets.Length);
                AddOctets(arcs, value.Octets);
                break;
            default:
                AddLength(arcs, column, syntax, value.Oid.Count);
                AddOid(arcs, value.Oid);
                break;
        }

        return true;
    }

    private static IndexValueKind? KindOf(MibSyntax syntax) => syntax.Type switch
    {
        SnmpType.Integer32 or SnmpType.Gauge32 or SnmpType.Counter32 or SnmpType.TimeTicks => IndexValueKind.Number,
        SnmpType.IpAddress or SnmpType.OctetString or SnmpType.Opaque => IndexValueKind.Octets,
        SnmpType.ObjectIdentifier => IndexValueKind.Oid,
        _ => null,
    };

    private static bool Fits(in IndexValue value, in MibIndexColumn column, MibSyntax syntax) => syntax.Type switch
    {
        SnmpType.Integer32 => value.Number <= int.MaxValue,
        SnmpType.IpAddress => value.Octets.Length == IndexForm.IPv4Length,
        SnmpType.OctetString or SnmpType.Opaque => (IndexForm.LengthOf(column, syntax) ?? value.Octets.Length) == value.Octets.Length,
        _ => true,
    };

    private static void AddLength(List<uint> arcs, in MibIndexColumn column, MibSyntax syntax, int length)
    {
        if (IndexForm.HasLength(column, syntax))
        {
            arcs.Add((uint)length);
        }
    }

    private static void AddOctets(List<uint> arcs, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            arcs.Add(octet);
        }
    }

    private static void AddOid(List<uint> arcs, in Oid oid)
    {
        Span<uint> own = stackalloc uint[Oid.MaxArcs];
        arcs.AddRange(own[..oid.CopyTo(own)]);
    }

    private static string TypeOf(in MibIndexColumn column) => column.Column.Syntax switch
    {
        null => ", whose type is not known",
        { FixedSize: { } size } syntax => $", a {syntax.TypeName} of {size} octets",
        var syntax => $", a {syntax.TypeName}",
    };

    private static string Names(ImmutableArray<MibIndexColumn> columns) =>
        columns.IsDefaultOrEmpty ? "" : $" ({string.Join(", ", columns.Select(static column => column.Column.Name))})";
}
