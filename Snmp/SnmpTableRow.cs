using System.Collections.Immutable;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>A row of a table: the values that its columns have at one index. Immutable.</summary>
/// <remarks>Names, and what else the MIB says, are those of <see cref="MibTree.Current"/> at the time the table was asked for, the same for all its rows.</remarks>
public sealed class SnmpTableRow
{
    private readonly TableShape _shape;
    private readonly SnmpValue?[] _cells;

    internal SnmpTableRow(OidIndex index, TableShape shape, SnmpValue?[] cells)
    {
        Index = index;
        _shape = shape;
        _cells = cells;
    }

    /// <summary>Which row it is.</summary>
    public OidIndex Index { get; }

    /// <summary>The OIDs of the columns, the same list for all rows of a table.</summary>
    public IReadOnlyList<Oid> Columns => _shape.Columns;

    /// <summary>The names of the columns, such as <c>ifDescr</c>; the OID where a column has no name.</summary>
    public IReadOnlyList<string> ColumnNames => _shape.Names;

    /// <summary>The parts that the index has by the MIB, such as <c>ifIndex</c>, the same for all rows; none where the table is not known.</summary>
    public ImmutableArray<MibIndexColumn> IndexColumns => _shape.Index;

    /// <summary>The parts of the index with their values; none where the table is not known, or the agent's index is not of the form that it should have.</summary>
    public ImmutableArray<MibIndexValue> IndexValues => IndexCodec.TryDecode(_shape.Index, Index, out var values) ? values : [];

    /// <summary>The value of a column; <see langword="null"/> where the agent has none in this row.</summary>
    /// <param name="column">The column's place in <see cref="Columns"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public SnmpValue? this[int column] => _cells[column];

    /// <summary>The value of a column; <see langword="null"/> where the agent has none in this row, or the table has no such column.</summary>
    /// <param name="column">The column's OID.</param>
    public SnmpValue? this[Oid column] => _shape.IndexOf(column) is >= 0 and var place ? _cells[place] : null;

    /// <summary>
    /// The value of a column or of a part of the index; <see langword="null"/> where the agent has none in this row, or the table has no such column. Columns that exist in the index alone, which
    /// agents do not return, have their values from there.
    /// </summary>
    /// <param name="column">The name, such as <c>ifDescr</c> or <c>IF-MIB::ifDescr</c>, or the OID.</param>
    /// <exception cref="SnmpParseException">No column and nothing else is known by this name.</exception>
    public SnmpValue? this[string column]
    {
        get
        {
            var oid = _shape.Resolve(column);
            return this[oid] ?? FromIndex(oid);
        }
    }

    /// <summary>The value of a column as text, as <see cref="MibValueText.Format(in SnmpValue, MibSyntax, MibTree)"/> gives it; empty where the agent has none in this row.</summary>
    /// <param name="column">The column's place in <see cref="Columns"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string TextOf(int column) => _cells[column] is { } value ? MibValueText.Format(value, _shape.Nodes[column]?.Syntax, _shape.Tree) : "";

    /// <summary>The value of a column, or of a part of the index, as text; empty where there is none in this row.</summary>
    /// <param name="column">The name, such as <c>ifOperStatus</c>, or the OID.</param>
    /// <exception cref="SnmpParseException">No column and nothing else is known by this name.</exception>
    public string TextOf(string column) =>
        this[column] is { } value ? MibValueText.Format(value, _shape.Tree.Find(_shape.Resolve(column))?.Syntax, _shape.Tree) : "";

    /// <summary>The index, and the values in the order of the columns.</summary>
    public override string ToString() => $"{Index}: {string.Join(", ", _cells.Select(static cell => cell?.ToString() ?? "-"))}";

    private SnmpValue? FromIndex(Oid column)
    {
        foreach (var part in IndexValues)
        {
            if (part.Column.Oid == column)
            {
                return IndexText.ToSnmpValue(part);
            }
        }

        return null;
    }
}
