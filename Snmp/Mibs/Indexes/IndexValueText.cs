using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>Reads the value of one part of an index.</summary>
internal static class IndexValueText
{
    // What -OX puts before strings with a display hint.
    private const string StringLabel = "STRING: ";

    /// <summary>Reads a value as its part's type has it.</summary>
    /// <param name="text">The value, without quotes.</param>
    /// <param name="isQuoted">Whether quotes stood around it: then it is text first of all.</param>
    /// <param name="column">The part.</param>
    /// <param name="tree">The names of OIDs.</param>
    /// <param name="value">The value.</param>
    internal static bool TryParse(string text, bool isQuoted, in MibIndexColumn column, MibTree tree, out IndexValue value)
    {
        value = default;
        return column.Column.Syntax is { } syntax && syntax.Type switch
        {
            SnmpType.Integer32 or SnmpType.Gauge32 or SnmpType.Counter32 or SnmpType.TimeTicks => TryParseNumber(text, syntax, out value),
            SnmpType.IpAddress => TryParseAddress(text, out value),
            SnmpType.ObjectIdentifier => TryParseOid(text, tree, out value),
            SnmpType.OctetString or SnmpType.Opaque => TryParseOctets(text, isQuoted, syntax, out value),
            _ => false,
        };
    }

    private static bool TryParseNumber(string text, MibSyntax syntax, out IndexValue value)
    {
        var isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (syntax.Type == SnmpType.TimeTicks && TicksText.TryParse(text, out number));
        if (!isNumber && NamedNumbers.TryParse(syntax.NamedNumbers, text, out var labelled) && labelled >= 0)
        {
            number = (uint)labelled;
            isNumber = true;
        }

        value = number;
        return isNumber;
    }

    private static bool TryParseAddress(string text, out IndexValue value)
    {
        IPAddress? address = null;
        var isAddress = text.Count(static letter => letter == '.') == 3 && IPAddress.TryParse(text, out address)
            && address.AddressFamily == AddressFamily.InterNetwork;
        value = isAddress ? address! : default(IndexValue);
        return isAddress;
    }

    private static bool TryParseOid(string text, MibTree tree, out IndexValue value)
    {
        var isOid = tree.TryResolve(text, out var oid);
        value = oid;
        return isOid;
    }

    private static bool TryParseOctets(string text, bool isQuoted, MibSyntax syntax, out IndexValue value)
    {
        var plain = !isQuoted && text.StartsWith(StringLabel, StringComparison.Ordinal) ? text[StringLabel.Length..] : text;
        value = IndexValue.FromOctets(OctetsOf(plain, isQuoted, syntax));
        return true;
    }

    private static byte[] OctetsOf(string text, bool isQuoted, MibSyntax syntax)
    {
        if (syntax.TypeName == InetAddressText.TypeName && (InetAddressText.TryParse(text, out var address) || InetAddressText.TryParsePairs(text, out address)))
        {
            return address;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        var isOfItsSize = syntax.FixedSize is { } size ? utf8.Length == size : isQuoted;
        return !isOfItsSize && DisplayHint.Of(syntax.DisplayHint) is { } hint && hint.TryParse(text, out byte[]? octets) ? octets : utf8;
    }
}
