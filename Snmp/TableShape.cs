using System.Collections.Immutable;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>What the rows of a table have in common: their columns, and what the MIB says of them. One tree answers for all rows.</summary>
internal sealed class TableShape
{
    internal TableShape(IReadOnlyList<Oid> columns, MibTree tree)
    {
        Columns = columns;
        Tree = tree;
        Nodes = [.. columns.Select(column => tree.Find(column))];
        Names = [.. columns.Select((column, i) => Nodes[i]?.Name ?? column.ToString())];
        Index = Nodes.FirstOrDefault(static node => node is { Index.IsDefaultOrEmpty: false })?.Index ?? [];
    }

    internal IReadOnlyList<Oid> Columns { get; }

    internal MibTree Tree { get; }

    internal ImmutableArray<MibNode?> Nodes { get; }

    internal ImmutableArray<string> Names { get; }

    internal ImmutableArray<MibIndexColumn> Index { get; }

    /// <summary>The place of a column; below zero where the table does not have it.</summary>
    internal int IndexOf(in Oid column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The OID of a column's name.</summary>
    /// <exception cref="SnmpParseException">There is no such name.</exception>
    internal Oid Resolve(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Names.IndexOf(column) is >= 0 and var known ? Columns[known]
            : Tree.TryResolve(column, out var oid) ? oid
            : OidText.Parse(column);
    }
}
