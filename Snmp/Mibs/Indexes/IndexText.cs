using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>Indexes of rows as people write them, and values of their parts for people to read. Thread-safe.</summary>
/// <remarks>
/// What is understood is what Net-SNMP's tools print: <c>.3."public"</c>, <c>.ipv4."192.0.2.1"</c>, <c>.'abcdef'</c>, the forms of <c>-OX</c> as <c>[3][public]</c>, and numbers at any place.
/// Strings in quotes get the length in front that the object's index has, and none where it has none, whichever the quotes.
/// </remarks>
public static class IndexText
{
    /// <summary>Writes the value of one part of an index.</summary>
    /// <param name="part">The part.</param>
    /// <param name="tree">The names of OIDs; <see cref="MibTree.Current"/> if left out.</param>
    /// <returns>The text, as <see cref="MibValueText.Format(in SnmpValue, MibSyntax, MibTree)"/> gives it for the same value elsewhere.</returns>
    public static string Format(in MibIndexValue part, MibTree? tree = null) => part.Value.Kind == IndexValueKind.Oid
        ? (tree ?? MibTree.Current).Name(part.Value.Oid)
        : MibValueText.Format(ToSnmpValue(part), part.Column.Syntax, tree);

    /// <summary>Reads what follows the name of a column in the name of an instance.</summary>
    /// <param name="text">The text: empty, or beginning with a point or a bracket.</param>
    /// <param name="column">The column. The parts of its index may be unknown; strings in double quotes have a length in front then.</param>
    /// <param name="tree">The names of OIDs in indexes.</param>
    /// <param name="index">The index, or the one without arcs.</param>
    /// <returns>Whether the text is an index.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, MibNode column, MibTree tree, out OidIndex index)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(tree);
        var reader = new IndexTextReader(text, column.Index, tree);
        return reader.TryRead(out index);
    }

    /// <summary>Turns the name of an instance whose index is written as text into its OID: <c>SNMP-VIEW-BASED-ACM-MIB::vacmGroupName.3."public"</c>.</summary>
    /// <param name="text">The name.</param>
    /// <param name="tree">The names.</param>
    /// <param name="oid">The OID, or <see langword="default"/>.</param>
    /// <returns>Whether the text begins with a name that is known, and an index follows.</returns>
    public static bool TryResolve(ReadOnlySpan<char> text, MibTree tree, out Oid oid)
    {
        ArgumentNullException.ThrowIfNull(tree);
        oid = default;
        for (var end = NextStep(text, 1); end < text.Length; end = NextStep(text, end + 1))
        {
            if (!tree.TryResolve(text[..end], out var start))
            {
                return false;
            }

            if (tree.Find(start) is { Children.IsEmpty: true } column)
            {
                return TryParse(text[end..], column, tree, out var index) && TryAppend(column.Oid, index, out oid);
            }

            if (text[end] != '.')
            {
                return false;
            }
        }

        return false;
    }

    internal static SnmpValue ToSnmpValue(in MibIndexValue part) => (part.Value.Kind, part.Column.Syntax?.Type) switch
    {
        (IndexValueKind.Oid, _) => SnmpValue.ObjectIdentifier(part.Value.Oid),
        (IndexValueKind.Octets, SnmpType.IpAddress) => SnmpValue.IpAddress(new System.Net.IPAddress(part.Value.Octets)),
        (IndexValueKind.Octets, SnmpType.Opaque) => SnmpValue.Opaque(part.Value.Octets),
        (IndexValueKind.Octets, _) => SnmpValue.OctetString(part.Value.Octets),
        (_, SnmpType.Integer32) => SnmpValue.Integer32((int)part.Value.Number),
        (_, SnmpType.TimeTicks) => SnmpValue.TimeTicks(part.Value.Number),
        (_, SnmpType.Counter32) => SnmpValue.Counter32(part.Value.Number),
        _ => SnmpValue.Gauge32(part.Value.Number),
    };

    private static int NextStep(ReadOnlySpan<char> text, int from)
    {
        var step = from >= text.Length ? -1 : text[from..].IndexOfAny('.', '[');
        return step < 0 ? text.Length : from + step;
    }

    private static bool TryAppend(in Oid column, OidIndex index, out Oid oid)
    {
        var fits = column.Count + index.Count <= Oid.MaxArcs;
        oid = fits ? column.Append(index) : default;
        return fits;
    }
}
