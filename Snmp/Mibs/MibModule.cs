using System.Collections.Immutable;
using System.Diagnostics;

namespace Connections.Snmp.Mibs;

/// <summary>A module of a <see cref="MibTree"/>. Immutable, thread-safe.</summary>
[DebuggerDisplay("{Name,nq}")]
public sealed class MibModule
{
    private readonly Dictionary<string, MibNode> _nodes;
    private readonly Dictionary<string, MibNode>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly IReadOnlyDictionary<string, MibSyntax> _types;

    internal MibModule(string name, string? file, ImmutableArray<MibNode> nodes, IReadOnlyDictionary<string, MibSyntax> types, ImmutableArray<MibDiagnostic> diagnostics)
    {
        Name = name;
        File = file;
        Nodes = nodes;
        Diagnostics = diagnostics;
        _types = types;
        _nodes = new Dictionary<string, MibNode>(nodes.Length, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            _nodes.TryAdd(node.Name, node);
        }

        _byName = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The name, such as <c>IF-MIB</c>.</summary>
    public string Name { get; }

    /// <summary>The full path of the file it was read from; <see langword="null"/> for a module whose names are built in.</summary>
    public string? File { get; }

    /// <summary>What it defines in the tree, in the order in which it does.</summary>
    public ImmutableArray<MibNode> Nodes { get; }

    /// <summary>The names of the types it defines: textual conventions mostly. <see cref="MibTree.FindType(string, string)"/> gives what they are.</summary>
    public IEnumerable<string> TypeNames => _types.Keys;

    /// <summary>What is wrong in it, by line.</summary>
    public ImmutableArray<MibDiagnostic> Diagnostics { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal MibNode? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var node) ? node : null;

    internal MibSyntax? FindType(string name) => _types.GetValueOrDefault(name);
}
