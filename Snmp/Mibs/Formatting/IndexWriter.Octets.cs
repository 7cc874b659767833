using System.Globalization;
using System.Text;
using Connections.Snmp.Mibs.Values;

namespace Connections.Snmp.Mibs.Formatting;

// Strings in indexes: in double quotes where a length stands in front, in single quotes where none does.
internal sealed partial class IndexWriter
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;
    private const int ZoneLength = 4;

    // The numbers of InetAddressType (RFC 4001).
    private const uint IPv4 = 1;
    private const uint IPv6 = 2;
    private const uint IPv4WithZone = 3;
    private const uint IPv6WithZone = 4;

    private bool TryWriteOctets(StringBuilder output, in MibIndexColumn part, MibSyntax syntax, uint before, ref ReadOnlySpan<uint> arcs)
    {
        var hasLength = !part.IsImplied && syntax.FixedSize is null;
        var length = part.IsImplied ? (uint)arcs.Length : hasLength ? arcs[0] : (uint)syntax.FixedSize!.Value;
        var start = hasLength ? 1 : 0;
        if (length > arcs.Length - start)
        {
            return false;
        }

        var octets = arcs.Slice(start, (int)length);
        if (options.ExtendedIndexes && syntax.DisplayHint is { } hint)
        {
            WriteHinted(output, octets, hint);
        }
        else if (!hasLength)
        {
            WriteQuoted(output, octets, '\'');
        }
        else if (octets.IsEmpty)
        {
            WriteQuote(output, '"');
            WriteQuote(output, '"');
        }
        else if (!IsAddress(part.Column) || !TryWriteInetAddress(output, before, octets))
        {
            WriteQuoted(output, octets, '"');
        }

        arcs = arcs[(start + octets.Length)..];
        return true;
    }

    private void WriteHinted(StringBuilder output, ReadOnlySpan<uint> arcs, string hint)
    {
        var octets = new byte[arcs.Length];
        for (var i = 0; i < octets.Length; i++)
        {
            octets[i] = (byte)arcs[i];
        }

        OctetWriter.Write(output, octets, hint, options);
    }

    private void WriteQuoted(StringBuilder output, ReadOnlySpan<uint> arcs, char quote)
    {
        if (arcs.IsEmpty)
        {
            return;
        }

        WriteQuote(output, quote);
        foreach (var arc in arcs)
        {
            output.Append(arc is >= 0x20 and <= 0x7E ? (char)arc : '.');
        }

        WriteQuote(output, quote);
    }

    private void WriteQuote(StringBuilder output, char quote) => output.Append(options.EscapedQuotes ? "\\" : "").Append(quote);

    // Net-SNMP looks at the column that the module defines before it, and so at the one with the next smaller number.
    private static bool IsAddress(MibNode column)
    {
        if (column.Syntax?.TypeName != InetAddressText.TypeName || column.Parent is not { } row)
        {
            return false;
        }

        var at = row.Children.IndexOf(column);
        return at > 0 && row.Children[at - 1].Syntax?.TypeName == InetAddressText.AddressTypeName;
    }

    private static bool TryWriteInetAddress(StringBuilder output, uint kind, ReadOnlySpan<uint> arcs)
    {
        var addressLength = kind is IPv4 or IPv4WithZone ? IPv4Length : IPv6Length;
        var zoneLength = kind is IPv4WithZone or IPv6WithZone ? ZoneLength : 0;
        if (kind is not (IPv4 or IPv6 or IPv4WithZone or IPv6WithZone) || arcs.Length != addressLength + zoneLength || arcs.ContainsAnyExceptInRange(0u, byte.MaxValue))
        {
            return false;
        }

        output.Append('"');
        for (var i = 0; i < addressLength; i++)
        {
            var separator = i == 0 ? "" : addressLength == IPv4Length ? "." : ":";
            output.Append(separator).Append(arcs[i].ToString(addressLength == IPv4Length ? "d" : "x2", CultureInfo.InvariantCulture));
        }

        if (zoneLength > 0)
        {
            var zone = arcs[addressLength..];
            output.Append(CultureInfo.InvariantCulture, $"%{(zone[0] << 24) | (zone[1] << 16) | (zone[2] << 8) | zone[3]}");
        }

        output.Append('"');
        return true;
    }
}
