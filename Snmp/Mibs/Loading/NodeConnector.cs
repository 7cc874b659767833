using System.Collections.Immutable;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Tells nodes of other nodes: rows and columns of their indexes, notifications and groups of their objects.</summary>
internal sealed class NodeConnector(SymbolTable symbols)
{
    // A row augments a row that has an index of its own (RFC 2578, section 7.8); a hostile one may go on.
    private const int MaxAugments = 8;

    internal void ConnectRows(ModuleScope scope)
    {
        foreach (var (node, definition) in Nodes(scope).Where(static entry => entry.Node.Kind == MibNodeKind.Row))
        {
            node.Index = IndexOf(scope, definition);
            if (definition is { Index.IsEmpty: true, Augments: null } && !scope.Module.IsBuiltIn)
            {
                scope.Log.Warn(definition.Line, $"The row '{definition.Name}' has neither INDEX nor AUGMENTS.", "Its indexes are shown in numbers.");
            }
        }
    }

    internal static void ConnectColumns(ModuleScope scope, OidTrie trie)
    {
        foreach (var (node, _) in Nodes(scope).Where(static entry => entry.Node.Kind == MibNodeKind.Column))
        {
            if (trie.FindNearest(node.Oid.Parent, out _) is { } row)
            {
                node.Index = row.Index;
            }
        }
    }

    internal void ConnectObjects(ModuleScope scope)
    {
        foreach (var (node, definition) in Nodes(scope).Where(static entry => !entry.Definition.Objects.IsEmpty))
        {
            var objects = ImmutableArray.CreateBuilder<MibNode>(definition.Objects.Length);
            foreach (var name in definition.Objects)
            {
                if (Find(scope, name, definition.Line) is { } found)
                {
                    objects.Add(found);
                }
                else
                {
                    scope.Log.Warn(definition.Line, $"'{name}' of '{definition.Name}' is defined nowhere.", "It was left out.");
                }
            }

            node.Objects = objects.DrainToImmutable();
        }
    }

    private static IEnumerable<(MibNode Node, ParsedDefinition Definition)> Nodes(ModuleScope scope)
    {
        foreach (var definition in scope.Module.Definitions)
        {
            if (scope.Nodes[definition.Ordinal] is { } node)
            {
                yield return (node, definition);
            }
        }
    }

    private MibNode? Find(ModuleScope scope, string name, int line) =>
        symbols.FindDefinition(scope, name, line) is { } found ? found.Scope.Nodes[found.Definition.Ordinal] : null;

    private ImmutableArray<MibIndexColumn> IndexOf(ModuleScope scope, ParsedDefinition row)
    {
        for (var detour = 0; row.Augments is { } augmented && row.Index.IsEmpty; detour++)
        {
            if (detour == MaxAugments || symbols.FindDefinition(scope, augmented, row.Line) is not { } found)
            {
                scope.Log.Warn(row.Line, $"'{row.Name}' augments '{augmented}', which is no row that is known.", "Its indexes are shown in numbers.");
                return [];
            }

            (scope, row) = found;
        }

        var index = ImmutableArray.CreateBuilder<MibIndexColumn>(row.Index.Length);
        foreach (var (name, isImplied) in row.Index)
        {
            // SMIv1 allows a type in place of an object (RFC 1212, section 4.1.6).
            if (Find(scope, name, row.Line) is not { } column)
            {
                scope.Log.Warn(row.Line, $"'{name}' in the index of '{row.Name}' is no object that is known.", "Its indexes are shown in numbers.");
                return [];
            }

            index.Add(new MibIndexColumn(column, isImplied));
        }

        return index.DrainToImmutable();
    }
}
