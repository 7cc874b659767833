using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>A row of a table: the values that its columns have at one index. Immutable.</summary>
public sealed class SnmpTableRow
{
    private readonly SnmpValue?[] _cells;

    internal SnmpTableRow(OidIndex index, IReadOnlyList<Oid> columns, SnmpValue?[] cells)
    {
        Index = index;
        Columns = columns;
        _cells = cells;
    }

    /// <summary>Which row it is.</summary>
    public OidIndex Index { get; }

    /// <summary>The OIDs of the columns, the same list for all rows of a table.</summary>
    public IReadOnlyList<Oid> Columns { get; }

    /// <summary>The value of a column; <see langword="null"/> where the agent has none in this row.</summary>
    /// <param name="column">The column's place in <see cref="Columns"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public SnmpValue? this[int column] => _cells[column];

    /// <summary>The value of a column; <see langword="null"/> where the agent has none in this row, or the table has no such column.</summary>
    /// <param name="column">The column's OID.</param>
    public SnmpValue? this[Oid column]
    {
        get
        {
            for (var i = 0; i < _cells.Length; i++)
            {
                if (Columns[i] == column)
                {
                    return _cells[i];
                }
            }

            return null;
        }
    }

    /// <summary>The index, and the values in the order of the columns.</summary>
    public override string ToString() => $"{Index}: {string.Join(", ", _cells.Select(static cell => cell?.ToString() ?? "-"))}";
}
