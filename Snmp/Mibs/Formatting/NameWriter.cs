using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Writes OIDs: the name of the nearest node, and what comes after it as an index.</summary>
internal sealed class NameWriter
{
    // What -Ou leaves out, and the point behind it.
    private static readonly string[] UcdPrefixes =
    [
        ".iso.org.dod.internet.mgmt.mib-2", ".iso.org.dod.internet.experimental", ".iso.org.dod.internet.private",
        ".iso.org.dod.internet.snmpParties", ".iso.org.dod.internet.snmpSecrets",
    ];

    private readonly VarBindTextOptions _options;
    private readonly IndexWriter _indexes;

    internal NameWriter(VarBindTextOptions options)
    {
        _options = options;
        _indexes = new IndexWriter(options, this);
    }

    internal void Write(StringBuilder output, in Oid oid, MibTree tree)
    {
        var node = _options.Oids == OidStyle.Numeric ? null : tree.FindNearest(oid);
        if (node is null)
        {
            output.Append('.').Append(oid.ToString());
            return;
        }

        Span<uint> arcs = stackalloc uint[Oid.MaxArcs];
        ReadOnlySpan<uint> rest = arcs[node.Oid.Count..oid.CopyTo(arcs)];
        var start = output.Length;
        output.Append(NameOf(node));
        if (!rest.IsEmpty)
        {
            output.Append('.');
            _indexes.Write(output, node, rest, tree);
        }

        if (_options.Oids == OidStyle.Ucd)
        {
            LeaveOutUcdPrefix(output, start);
        }
    }

    // The roots belong to no module.
    private string NameOf(MibNode node) => _options.Oids switch
    {
        OidStyle.Module when node.Parent is not null => node.QualifiedName,
        OidStyle.Full or OidStyle.Ucd => PathOf(node),
        _ => node.Name,
    };

    /// <summary>All names from the root on, and numbers where places on the way have no name.</summary>
    private static string PathOf(MibNode node)
    {
        var path = new StringBuilder();
        for (var at = node; at is not null; at = at.Parent)
        {
            path.Insert(0, at.Name).Insert(0, '.');
            for (var oid = at.Oid.Parent; !oid.IsEmpty && oid != at.Parent?.Oid; oid = oid.Parent)
            {
                path.Insert(0, oid[oid.Count - 1].ToString(CultureInfo.InvariantCulture)).Insert(0, '.');
            }
        }

        return path.ToString();
    }

    private static void LeaveOutUcdPrefix(StringBuilder output, int start)
    {
        var name = output.ToString(start, output.Length - start);
        if (Array.Find(UcdPrefixes, prefix => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            output.Remove(start, prefix.Length + 1);
        }
    }
}
