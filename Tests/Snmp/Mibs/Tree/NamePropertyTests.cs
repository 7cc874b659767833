using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Snmp.Tests.Mibs.Tree;

/// <summary>Name to OID to name, and OID to name to OID.</summary>
internal sealed class NamePropertyTests
{
    private readonly MibTree _tree = MibTree.BuiltIn;

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property A_name_with_an_index_is_that_name_again()
    {
        // Where modules share a place, the first one names it.
        var primary = _tree.Nodes.Where(node => _tree.Find(node.Oid) == node).ToArray();
        return Prop.ForAll(
            Gen.Elements(primary).ToArbitrary(),
            ArbMap.Default.ArbFor<uint[]>().Filter(arcs => arcs.Length <= 100),
            (node, arcs) =>
            {
                // What would lead to another name is not this name's index.
                var oid = node.Oid.Count < 2 ? node.Oid : node.Oid.Append(arcs);
                if (_tree.FindNearest(oid) != node)
                {
                    return true;
                }

                var name = _tree.Name(oid);
                return _tree.TryResolve(name, out var resolved) && resolved == oid && _tree.Name(resolved) == name
                    && name.StartsWith(node.QualifiedName, StringComparison.Ordinal);
            });
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Any_OID_has_a_name_that_means_it(byte first, byte second, uint[] rest)
    {
        var oid = new Oid([first % 3u, second % 40u, .. rest.Take(100)]);
        return _tree.TryResolve(_tree.Name(oid), out var resolved) && resolved == oid;
    }

    [Test]
    public void Every_node_is_found_by_its_name_and_its_OID() => Assert.Multiple(() =>
    {
        foreach (var node in _tree.Nodes)
        {
            Assert.That(_tree.Find(node.QualifiedName), Is.SameAs(node));
            Assert.That(_tree.Find(node.Oid)?.Oid, Is.EqualTo(node.Oid));
            Assert.That(_tree.Find(node.Name)?.Name, Is.EqualTo(node.Name));
        }
    });
}
