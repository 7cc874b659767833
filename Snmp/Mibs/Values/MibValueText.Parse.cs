using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Values;

// Text as values, for SET.
public static partial class MibValueText
{
    private const string HexadecimalPrefix = "0x";

    /// <summary>Reads a value for an instance, of the type that the MIB has for it.</summary>
    /// <param name="text">The value.</param>
    /// <param name="oid">The instance.</param>
    /// <param name="tree">The names; <see cref="MibTree.Current"/> if left out.</param>
    /// <returns>The value; an OCTET STRING of the text where no object is known there.</returns>
    /// <exception cref="SnmpParseException">The text is no value of the object; the message says which it may have.</exception>
    public static SnmpValue Parse(string text, in Oid oid, MibTree? tree = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = tree ?? MibTree.Current;
        return names.FindNearest(oid) is { Syntax: { } syntax } node ? Parse(text, syntax, node.QualifiedName, names) : SnmpValue.OctetString(text);
    }

    /// <summary>Reads a value of a syntax.</summary>
    /// <param name="text">
    /// A label, its number or both for an enumeration; names or numbers of bits; a number or octets as the DISPLAY-HINT writes them; octets without a hint, or whose hint is in numbers, as
    /// <c>0x00 1A 2B</c> too; a date and time as <c>2026-11-21T18:32:00+01:00</c> too; an address; an OID by name or number; time ticks in hundredths of a second or as
    /// <c>1 day, 2:03:04.56</c>.
    /// </param>
    /// <param name="syntax">The syntax.</param>
    /// <param name="tree">The names of OIDs; <see cref="MibTree.Current"/> if left out.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SnmpParseException">The text is no value of the syntax, or out of its ranges; the message says what is in them.</exception>
    public static SnmpValue Parse(string text, MibSyntax syntax, MibTree? tree = null)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return Parse(text, syntax, syntax.TypeName, tree ?? MibTree.Current);
    }

    private static SnmpValue Parse(string text, MibSyntax syntax, string name, MibTree tree)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = syntax.Type switch
        {
            SnmpType.Integer32 when !syntax.NamedNumbers.IsEmpty => Enumerated(text, syntax, name),
            SnmpType.Integer32 or SnmpType.Gauge32 => SnmpValueText.Parse(syntax.Type, WithoutHint(text, syntax, name)),
            SnmpType.OctetString => SnmpValue.OctetString(OctetsOf(text, syntax, name)),
            SnmpType.ObjectIdentifier => tree.TryResolve(text, out var oid) ? SnmpValue.ObjectIdentifier(oid) : SnmpValueText.Parse(syntax.Type, text),
            SnmpType.TimeTicks when TicksText.TryParse(text, out var ticks) => SnmpValue.TimeTicks(ticks),
            _ => SnmpValueText.Parse(syntax.Type, text),
        };
        RequireAllowed(text, value, syntax, name);
        return value;
    }

    private static SnmpValue Enumerated(string text, MibSyntax syntax, string name) => NamedNumbers.TryParse(syntax.NamedNumbers, text, out var number)
        ? SnmpValue.Integer32(number)
        : throw Refused(text, name, $"it is one of {NamedNumbers.List(syntax.NamedNumbers)}");

    // The number in decimal.
    private static string WithoutHint(string text, MibSyntax syntax, string name)
    {
        if (DisplayHint.Of(syntax.DisplayHint) is not { IsForNumbers: true } hint)
        {
            return text;
        }

        return hint.TryParse(text, out long number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw Refused(text, name, $"it is a number as the display hint '{hint}' writes it{Allowed("", syntax.Ranges)}");
    }

    private static byte[] OctetsOf(string text, MibSyntax syntax, string name)
    {
        if (syntax.IsBits)
        {
            return BitsText.TryParse(text, syntax.NamedNumbers, out var bits, out var unknown)
                ? bits
                : throw Refused(unknown, name, $"its bits are {NamedNumbers.List(syntax.NamedNumbers)}");
        }

        if (syntax.TypeName == InetAddressText.TypeName && InetAddressText.TryParse(text, out var address))
        {
            return address;
        }

        if (syntax.TypeName == DateAndTimeText.TypeName && DateAndTimeText.TryParse(text, out var time))
        {
            return time;
        }

        if (DisplayHint.Of(syntax.DisplayHint) is { IsForOctets: true } hint)
        {
            return hint.TryParse(text, out byte[]? octets) || TryParseHexadecimal(text, out octets)
                ? octets
                : throw Refused(text, name, $"it is written as the display hint '{hint}' says, or as octets in hexadecimal after 0x");
        }

        return TryParseHexadecimal(text, out var plain) ? plain : Encoding.UTF8.GetBytes(text);
    }

    private static bool TryParseHexadecimal(string text, out byte[] octets)
    {
        octets = [];
        if (!text.StartsWith(HexadecimalPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var digits = text[HexadecimalPrefix.Length..].Replace(" ", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        octets = Convert.FromHexString(digits);
        return true;
    }

    private static void RequireAllowed(string text, in SnmpValue value, MibSyntax syntax, string name)
    {
        if (value.Type is SnmpType.OctetString or SnmpType.Opaque)
        {
            if (!IsWithin(value.Bytes.Length, syntax.Sizes))
            {
                throw Refused(text, name, $"it has {value.Bytes.Length} octets{Allowed(" in place of ", syntax.Sizes)}");
            }
        }
        else if (syntax.NamedNumbers.IsEmpty && value.Type is SnmpType.Integer32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter32 or SnmpType.Counter64
            && !IsWithin(value.Type == SnmpType.Integer32 ? value.ToInt64() : (decimal)value.ToUInt64(), syntax.Ranges))
        {
            throw Refused(text, name, $"it must be{Allowed(" ", syntax.Ranges)}");
        }
    }

    private static bool IsWithin(decimal number, ImmutableArray<MibRange> ranges) =>
        ranges.IsEmpty || ranges.Any(range => number >= range.Least && number <= range.Most);

    private static string Allowed(string before, ImmutableArray<MibRange> ranges) => ranges.IsEmpty
        ? ""
        : before + string.Join(" or ", ranges.Select(static range => range.Least == range.Most
            ? range.Least.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.Least} to {range.Most}")));

    private static SnmpParseException Refused(string text, string name, string rule) => new($"'{text}' is no value of {name}: {rule}.");
}
