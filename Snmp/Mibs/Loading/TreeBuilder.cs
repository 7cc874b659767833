using System.Collections.Immutable;
using Connections.Snmp.Mibs.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Makes a tree of parsed modules. What cannot be resolved is left out, and told; all else is in the tree.</summary>
internal sealed class TreeBuilder
{
    private readonly ImmutableArray<ModuleScope> _scopes;
    private readonly SymbolTable _symbols;
    private readonly OidResolver _oids;
    private readonly SyntaxResolver _syntaxes;

    private TreeBuilder(ImmutableArray<ModuleScope> scopes)
    {
        _scopes = scopes;
        _symbols = new SymbolTable(scopes);
        _oids = new OidResolver(_symbols);
        _syntaxes = new SyntaxResolver(_symbols);
    }

    /// <summary>Makes a tree.</summary>
    /// <param name="builtIn">The modules whose names are built in; each that is among the loaded ones is replaced by it.</param>
    /// <param name="loaded">The modules that were loaded, each name once.</param>
    /// <param name="diagnostics">What is wrong with files that hold none of these modules.</param>
    internal static MibTree Build(ImmutableArray<ParsedModule> builtIn, IReadOnlyList<ParsedModule> loaded, IEnumerable<MibDiagnostic>? diagnostics = null) =>
        new TreeBuilder([.. InOrder(builtIn, loaded).Select(static module => new ModuleScope(module))]).Build(diagnostics ?? []);

    private static IEnumerable<ParsedModule> InOrder(ImmutableArray<ParsedModule> builtIn, IReadOnlyList<ParsedModule> loaded)
    {
        var own = loaded.ToDictionary(static module => module.Name, StringComparer.Ordinal);
        var known = builtIn.Select(module => own.GetValueOrDefault(module.Name, module));
        var names = builtIn.Select(static module => module.Name).ToHashSet(StringComparer.Ordinal);
        return known.Concat(loaded.Where(module => !names.Contains(module.Name)).OrderBy(static module => module.IsVersion2 ? 0 : 1));
    }

    private MibTree Build(IEnumerable<MibDiagnostic> diagnostics)
    {
        Resolve();
        var nodes = MakeNodes();
        var trie = new OidTrie(nodes);
        Connect(trie);
        var modules = _scopes.Where(static scope => scope.Module.Name.Length > 0).Select(ModuleOf).ToImmutableArray();
        return new MibTree(trie, nodes, modules, [.. diagnostics, .. modules.SelectMany(static module => module.Diagnostics)]);
    }

    private void Resolve()
    {
        foreach (var scope in _scopes)
        {
            _symbols.TellMissing(scope);
            foreach (var definition in scope.Module.Definitions)
            {
                _oids.TryResolve(scope, definition, out _);
            }

            foreach (var type in scope.Module.Types.Values.Where(static type => type.Syntax.Shape == SyntaxShape.Value))
            {
                _syntaxes.Resolve(scope, type);
            }
        }
    }

    private ImmutableArray<MibNode> MakeNodes()
    {
        var factory = new NodeFactory(_syntaxes, _scopes);
        var nodes = new List<(MibNode Node, int Order)>();
        foreach (var scope in _scopes)
        {
            foreach (var node in factory.Make(scope))
            {
                nodes.Add((node, nodes.Count));
            }
        }

        nodes.Sort(static (left, right) => left.Node.Oid.CompareTo(right.Node.Oid) is not 0 and var order ? order : left.Order.CompareTo(right.Order));
        return [.. nodes.Select(static entry => entry.Node)];
    }

    /// <summary>Tells rows and columns their indexes, and notifications and groups their objects.</summary>
    private void Connect(OidTrie trie)
    {
        var connector = new NodeConnector(_symbols);
        foreach (var scope in _scopes)
        {
            connector.ConnectRows(scope);
        }

        foreach (var scope in _scopes)
        {
            NodeConnector.ConnectColumns(scope, trie);
            connector.ConnectObjects(scope);
        }
    }

    private static MibModule ModuleOf(ModuleScope scope)
    {
        var nodes = scope.Nodes.OfType<MibNode>().ToImmutableArray();
        var types = scope.Types.Where(static type => type.Value is not null).ToDictionary(static type => type.Key, static type => type.Value!, StringComparer.Ordinal);
        var diagnostics = scope.Module.Diagnostics.Concat(scope.Log.Since(0)).OrderBy(static diagnostic => diagnostic.Line).ToImmutableArray();
        return new MibModule(scope.Module.Name, scope.Module.File, [.. nodes, .. scope.PassedNodes], types, diagnostics);
    }
}
