using Connections.Snmp.Mibs.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Makes the nodes of definitions whose OIDs are known.</summary>
internal sealed class NodeFactory
{
    private readonly SyntaxResolver _syntaxes;
    private readonly HashSet<Oid> _rows = [];
    private readonly HashSet<(string Name, Oid Oid)> _named = [];

    internal NodeFactory(SyntaxResolver syntaxes, IReadOnlyList<ModuleScope> scopes)
    {
        _syntaxes = syntaxes;
        foreach (var scope in scopes)
        {
            foreach (var definition in Placed(scope))
            {
                var oid = scope.Oids[definition.Ordinal];
                _named.Add((definition.Name, oid));
                if (IsRow(scope, definition))
                {
                    _rows.Add(oid);
                }
            }
        }
    }

    /// <summary>Makes the nodes of a module, in the order of its definitions.</summary>
    internal IEnumerable<MibNode> Make(ModuleScope scope)
    {
        foreach (var definition in Placed(scope))
        {
            var node = Make(scope, definition);
            scope.Nodes[definition.Ordinal] = node;
            yield return node;
        }

        foreach (var (name, oid, line) in scope.Passed)
        {
            if (_named.Add((name, oid)))
            {
                var node = new MibNode(oid, name, scope.Module.Name, MibNodeKind.Identifier) { Line = line };
                scope.PassedNodes.Add(node);
                yield return node;
            }
        }
    }

    private static IEnumerable<ParsedDefinition> Placed(ModuleScope scope) =>
        scope.Module.Definitions.Where(definition => scope.States[definition.Ordinal] == OidState.Resolved);

    private MibNode Make(ModuleScope scope, ParsedDefinition definition)
    {
        var oid = scope.Oids[definition.Ordinal];
        var kind = KindOf(definition, oid);
        return new MibNode(oid, definition.Name, scope.Module.Name, kind)
        {
            Line = definition.Line,
            Syntax = kind is MibNodeKind.Scalar or MibNodeKind.Column && definition.Syntax is { } syntax ? _syntaxes.Resolve(scope, syntax, definition.Name) : null,
            Access = definition.Access,
            Status = definition.Status,
            Units = definition.Units,
            DefaultValue = definition.Default,
            Description = definition.Description,
        };
    }

    private MibNodeKind KindOf(ParsedDefinition definition, in Oid oid) => definition.Kind switch
    {
        ParsedKind.Object when definition.Syntax is { Shape: SyntaxShape.SequenceOf } => MibNodeKind.Table,
        ParsedKind.Object when _rows.Contains(oid) => MibNodeKind.Row,
        ParsedKind.Object when _rows.Contains(oid.Parent) => MibNodeKind.Column,
        ParsedKind.Object => MibNodeKind.Scalar,
        ParsedKind.Notification or ParsedKind.Trap => MibNodeKind.Notification,
        ParsedKind.Group => MibNodeKind.Group,
        ParsedKind.Compliance => MibNodeKind.Compliance,
        ParsedKind.Capabilities => MibNodeKind.Capabilities,
        _ => MibNodeKind.Identifier,
    };

    private static bool IsRow(ModuleScope scope, ParsedDefinition definition)
    {
        if (definition.Kind != ParsedKind.Object || definition.Syntax is { Shape: SyntaxShape.SequenceOf })
        {
            return false;
        }

        return !definition.Index.IsEmpty || definition.Augments is not null || IsSequence(scope, definition.Syntax);
    }

    // A row that lacks its index is a row all the same.
    private static bool IsSequence(ModuleScope scope, ParsedSyntax? syntax) =>
        syntax is { Shape: SyntaxShape.Sequence }
        || (syntax is { Shape: SyntaxShape.Value, NamedNumbers.IsEmpty: true }
            && BaseTypes.Find(syntax.TypeName) is null
            && scope.Module.Types.TryGetValue(syntax.TypeName, out var type)
            && type.Syntax.Shape == SyntaxShape.Sequence);
}
