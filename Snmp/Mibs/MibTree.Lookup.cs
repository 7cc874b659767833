using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs;

public sealed partial class MibTree
{
    private const string Separator = "::";

    /// <summary>The node at an OID. Allocates nothing.</summary>
    /// <param name="oid">The OID.</param>
    /// <returns>The node, or <see langword="null"/> where no name stands exactly there.</returns>
    public MibNode? Find(in Oid oid) => _trie.FindNearest(oid, out _) is { } node && node.Oid == oid ? node : null;

    /// <summary>The node at an OID or, where there is none, the nearest one above it: the column of an instance, say. Allocates nothing.</summary>
    /// <param name="oid">The OID.</param>
    /// <returns>The node, or <see langword="null"/> where no name stands on the way to the OID.</returns>
    public MibNode? FindNearest(in Oid oid) => _trie.FindNearest(oid, out _);

    /// <summary>The node of a name. Allocates nothing.</summary>
    /// <param name="name">The name alone, or the module and the name, as <c>ifDescr</c> or <c>IF-MIB::ifDescr</c>; case matters.</param>
    /// <returns>The node, or <see langword="null"/> where there is none.</returns>
    public MibNode? Find(ReadOnlySpan<char> name)
    {
        var separator = name.IndexOf(Separator[0]);
        if (separator < 0)
        {
            return _nodeByName.TryGetValue(name, out var node) ? node : null;
        }

        return separator > 0 && name[separator..].StartsWith(Separator) ? Find(name[..separator], name[(separator + Separator.Length)..]) : null;
    }

    // Most names stand in one module only, which is then known without a look into that.
    private MibNode? Find(ReadOnlySpan<char> module, ReadOnlySpan<char> name) =>
        _nodeByName.TryGetValue(name, out var node) && module.SequenceEqual(node.Module) ? node : FindModule(module)?.Find(name);
}
