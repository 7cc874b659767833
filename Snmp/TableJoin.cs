using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>
/// Makes rows of what a walk of several columns brings. Values are joined by their index alone, so that columns may have gaps and pages may be cut anywhere.
/// A row is complete once every column has come past it or has ended; until then it is kept.
/// </summary>
internal sealed class TableJoin(TableShape shape)
{
    private readonly IReadOnlyList<Oid> _columns = shape.Columns;
    private readonly SortedDictionary<OidIndex, SnmpValue?[]> _open = [];
    private int _latest = -1;

    /// <summary>Takes in a burst's varbinds.</summary>
    internal void Add(IReadOnlyList<VarBind> varBinds)
    {
        foreach (var (oid, value) in varBinds)
        {
            var column = ColumnOf(oid);
            var index = OidIndex.Of(_columns[column], oid);
            if (!_open.TryGetValue(index, out var cells))
            {
                _open.Add(index, cells = new SnmpValue?[_columns.Count]);
            }

            cells[column] = value;
        }
    }

    /// <summary>Hands over the rows that nothing can be added to any more, in order.</summary>
    /// <param name="next">Where the walk goes on; <see langword="null"/> after its end.</param>
    internal IEnumerable<SnmpTableRow> TakeComplete(WalkCursor? next)
    {
        var frontier = next is { } cursor ? Frontier(cursor) : null;
        while (_open.Count > 0 && (next is null || frontier is not null))
        {
            var (index, cells) = _open.First();
            if (frontier is { } reached && index > reached)
            {
                yield break;
            }

            _open.Remove(index);
            yield return new SnmpTableRow(index, shape, cells);
        }
    }

    // Replies come row by row, so that the next varbind most often belongs to the next column.
    private int ColumnOf(in Oid oid)
    {
        for (var step = 1; step <= _columns.Count; step++)
        {
            var column = (_latest + step) % _columns.Count;
            if (oid.StartsWith(_columns[column]))
            {
                return _latest = column;
            }
        }

        throw new InvalidOperationException($"A walk brought {oid}, which lies under none of its roots.");
    }

    /// <summary>The last index that all columns that go on have reached; <see langword="null"/> while one has brought nothing, or it is not known.</summary>
    private OidIndex? Frontier(WalkCursor cursor)
    {
        if (cursor.State is not { } state)
        {
            return _columns.Count == 1 && !cursor.IsAtStart ? OidIndex.Of(_columns[0], cursor.Last) : null;
        }

        OidIndex? frontier = null;
        foreach (ref readonly var column in state.Columns.AsSpan())
        {
            if (column.HasEnded)
            {
                continue;
            }

            if (column.Rows == 0)
            {
                return null;
            }

            var reached = OidIndex.Of(column.Root, column.Last);
            frontier = frontier is null || reached < frontier ? reached : frontier;
        }

        return frontier;
    }
}
