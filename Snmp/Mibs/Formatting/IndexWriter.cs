using System.Globalization;
using System.Text;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Writes what comes after the name of a node: parts of an index as far as they are as the table has them, and numbers from there on.</summary>
internal sealed partial class IndexWriter(VarBindTextOptions options, NameWriter names)
{
    private const char Point = '.';

    /// <summary>Writes arcs, one at least, after a point.</summary>
    internal void Write(StringBuilder output, MibNode node, ReadOnlySpan<uint> arcs, MibTree tree)
    {
        if (!node.Index.IsDefaultOrEmpty)
        {
            // A column that the module does not have comes before its index.
            if (!node.Children.IsEmpty)
            {
                output.Append(CultureInfo.InvariantCulture, $"{arcs[0]}.");
                arcs = arcs[1..];
            }

            arcs = WriteParts(output, node, arcs, tree);
        }

        WriteNumbers(output, arcs);
    }

    /// <returns>The arcs that are left.</returns>
    private ReadOnlySpan<uint> WriteParts(StringBuilder output, MibNode node, ReadOnlySpan<uint> arcs, MibTree tree)
    {
        var before = 0u;
        foreach (var part in node.Index)
        {
            if (arcs.IsEmpty || options.NumericIndexes)
            {
                break;
            }

            Open(output);
            var all = arcs;
            if (!TryWritePart(output, part, before, ref arcs, tree))
            {
                break;
            }

            before = all.Length > arcs.Length ? all[all.Length - arcs.Length - 1] : before;
            output.Append(options.ExtendedIndexes ? ']' : Point);
        }

        return arcs;
    }

    private void Open(StringBuilder output)
    {
        if (!options.ExtendedIndexes)
        {
            return;
        }

        if (output[^1] == Point)
        {
            output.Length--;
        }

        output.Append('[');
    }

    private bool TryWritePart(StringBuilder output, in MibIndexColumn part, uint before, ref ReadOnlySpan<uint> arcs, MibTree tree)
    {
        if (part.Column.Syntax is not { } syntax)
        {
            return false;
        }

        switch (syntax.Type)
        {
            case SnmpType.Integer32 or SnmpType.Gauge32:
                output.Append(NamedNumbers.Label(syntax.NamedNumbers, (int)arcs[0]) ?? arcs[0].ToString(CultureInfo.InvariantCulture));
                arcs = arcs[1..];
                return true;
            case SnmpType.TimeTicks:
                output.Append(options.ExtendedIndexes ? TicksWriter.Format(arcs[0], options) : arcs[0].ToString(CultureInfo.InvariantCulture));
                arcs = arcs[1..];
                return true;
            case SnmpType.IpAddress:
                return TryWriteAddress(output, syntax, ref arcs);
            case SnmpType.ObjectIdentifier:
                return TryWriteOid(output, part, ref arcs, tree);
            case SnmpType.OctetString when !syntax.IsBits:
                return TryWriteOctets(output, part, syntax, before, ref arcs);
            default:
                return false;
        }
    }

    // A NetworkAddress of SMIv1 has its kind in front, which is always 1 (RFC 1155, section 3.2.3.1).
    private static bool TryWriteAddress(StringBuilder output, MibSyntax syntax, ref ReadOnlySpan<uint> arcs)
    {
        var isNetworkAddress = syntax.TypeName == ValueWriter.NetworkAddress;
        if (isNetworkAddress)
        {
            var kind = arcs[0];
            output.Append(CultureInfo.InvariantCulture, $"{kind}.");
            arcs = arcs[1..];
            if (kind != 1)
            {
                return false;
            }
        }

        if (arcs.Length < IndexForm.IPv4Length)
        {
            return false;
        }

        output.Append(CultureInfo.InvariantCulture, $"{arcs[0]}.{arcs[1]}.{arcs[2]}.{arcs[3]}");
        arcs = arcs[IndexForm.IPv4Length..];
        return true;
    }

    private bool TryWriteOid(StringBuilder output, in MibIndexColumn part, ref ReadOnlySpan<uint> arcs, MibTree tree)
    {
        var lengthArcs = part.IsImplied ? 0 : 1;
        var count = part.IsImplied ? (uint)arcs.Length : arcs[0];
        if (count > arcs.Length - lengthArcs)
        {
            return false;
        }

        var oid = arcs.Slice(lengthArcs, (int)count);
        if (!options.ExtendedIndexes)
        {
            WriteNumbers(output, arcs[..(lengthArcs + oid.Length)]);
        }
        else if (IndexForm.IsOid(oid))
        {
            names.Write(output, new Oid(oid), tree);
        }
        else
        {
            output.Append(Point);
            WriteNumbers(output, oid);
        }

        arcs = arcs[(lengthArcs + oid.Length)..];
        return true;
    }

    /// <summary>Writes arcs in numbers after a point, which is written unless there is one, and is taken away where nothing follows it.</summary>
    private static void WriteNumbers(StringBuilder output, ReadOnlySpan<uint> arcs)
    {
        if (output[^1] != Point)
        {
            output.Append(Point);
        }

        foreach (var arc in arcs)
        {
            output.Append(CultureInfo.InvariantCulture, $"{arc}.");
        }

        output.Length--;
    }
}
