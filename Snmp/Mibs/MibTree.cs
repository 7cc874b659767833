using System.Collections.Immutable;
using Connections.Snmp.Mibs.BuiltIn;
using Connections.Snmp.Mibs.Loading;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs;

/// <summary>
/// What the names of a set of MIB modules mean: OIDs, syntaxes, indexes. Immutable, so that any number of threads may ask it while others load modules:
/// loading makes another tree, which <see cref="Current"/> gives from then on.
/// </summary>
/// <remarks>
/// A question is answered by one tree, wholly by the one before a publication or by the one after it. Questions that belong together, such as all cells of a
/// table, should keep the tree of the first.
/// <para>
/// Where a name stands in several modules, the modules whose names are built in come first, then those of SMIv2, then those that were loaded first; the same order
/// decides which of several names of one place in the tree is given for it. <c>MODULE::name</c> always means that one.
/// </para>
/// </remarks>
public sealed partial class MibTree
{
    private static readonly Lazy<MibTree> LazyBuiltIn = new(static () => TreeBuilder.Build(BuiltInModules.All, []));
    private static MibTree? _current;

    private readonly OidTrie _trie;
    private readonly Dictionary<string, MibModule> _modules;
    private readonly Dictionary<string, MibModule>.AlternateLookup<ReadOnlySpan<char>> _moduleByName;
    private readonly Dictionary<string, MibNode> _nodes;
    private readonly Dictionary<string, MibNode>.AlternateLookup<ReadOnlySpan<char>> _nodeByName;

    internal MibTree(OidTrie trie, ImmutableArray<MibNode> nodes, ImmutableArray<MibModule> modules, ImmutableArray<MibDiagnostic> diagnostics)
    {
        _trie = trie;
        Nodes = nodes;
        Modules = modules;
        Diagnostics = diagnostics;
        _modules = modules.ToDictionary(static module => module.Name, StringComparer.Ordinal);
        _moduleByName = _modules.GetAlternateLookup<ReadOnlySpan<char>>();
        _nodes = new Dictionary<string, MibNode>(nodes.Length, StringComparer.Ordinal);
        foreach (var node in modules.SelectMany(static module => module.Nodes).Concat(nodes.Where(static node => node.Module.Length == 0)))
        {
            _nodes.TryAdd(node.Name, node);
        }

        _nodeByName = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The names that need no file: those of the standard modules that most agents implement, and of Net-SNMP's own. It is made when it is first asked for.</summary>
    public static MibTree BuiltIn => LazyBuiltIn.Value;

    /// <summary>The tree by which names are understood wherever this library takes a text for an OID; <see cref="BuiltIn"/> until another one is published.</summary>
    public static MibTree Current => Volatile.Read(ref _current) ?? BuiltIn;

    /// <summary>The modules, those whose names come first in front.</summary>
    public ImmutableArray<MibModule> Modules { get; }

    /// <summary>All nodes in the order of their OIDs; nodes of one OID in the order of their modules.</summary>
    public ImmutableArray<MibNode> Nodes { get; }

    /// <summary>What was wrong in the modules and files that were loaded for it, file by file.</summary>
    public ImmutableArray<MibDiagnostic> Diagnostics { get; }

    /// <summary>Makes a tree the <see cref="Current"/> one, at once and for every thread.</summary>
    /// <param name="tree">The tree.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static void Publish(MibTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        Volatile.Write(ref _current, tree);
    }

    /// <summary>The module of a name, or <see langword="null"/>.</summary>
    /// <param name="name">The name, such as <c>IF-MIB</c>.</param>
    public MibModule? FindModule(ReadOnlySpan<char> name) => _moduleByName.TryGetValue(name, out var module) ? module : null;

    /// <summary>What a type means, such as the textual convention <c>DisplayString</c>.</summary>
    /// <param name="module">The module that defines it.</param>
    /// <param name="name">The name of the type.</param>
    /// <returns>The syntax, or <see langword="null"/> where there is no such module or type, or the type is no value's (a SEQUENCE).</returns>
    public MibSyntax? FindType(string module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        return FindModule(module)?.FindType(name);
    }

    /// <summary>What a type means, in the first module that defines one of this name.</summary>
    /// <param name="name">The name of the type.</param>
    /// <returns>The syntax, or <see langword="null"/>.</returns>
    public MibSyntax? FindType(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Modules.Select(module => module.FindType(name)).FirstOrDefault(static syntax => syntax is not null);
    }
}
