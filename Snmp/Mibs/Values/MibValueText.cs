using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Values;

/// <summary>Values as text by what the MIB says of them, and back. Thread-safe.</summary>
/// <remarks>
/// For people, in one form; what Net-SNMP's tools print is <see cref="Formatting.VarBindText"/>. Values that are not of the type that the MIB has for them (some agents send such) are written by the
/// type they have.
/// </remarks>
public static partial class MibValueText
{
    /// <summary>Writes the value of an instance.</summary>
    /// <param name="varBind">The instance and its value.</param>
    /// <param name="tree">The names; <see cref="MibTree.Current"/> if left out.</param>
    /// <returns>The text, as <see cref="Format(in SnmpValue, MibSyntax, MibTree)"/> gives it.</returns>
    public static string Format(in VarBind varBind, MibTree? tree = null)
    {
        var names = tree ?? MibTree.Current;
        return Format(varBind.Value, names.FindNearest(varBind.Oid)?.Syntax, names);
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="syntax">The syntax of its object; <see langword="null"/> where it is not known.</param>
    /// <param name="tree">The names of OIDs; <see cref="MibTree.Current"/> if left out.</param>
    /// <returns>
    /// Enumerations as <c>up(1)</c>, BITS as <c>sunday(0) tuesday(2)</c>, numbers and octets by their DISPLAY-HINT, addresses as addresses, OIDs by name; octets that
    /// the hint would show with control characters in hexadecimal; all else as <see cref="SnmpValue.ToString"/> has it.
    /// </returns>
    public static string Format(in SnmpValue value, MibSyntax? syntax, MibTree? tree = null)
    {
        if (value.Type == SnmpType.ObjectIdentifier)
        {
            return (tree ?? MibTree.Current).Name(value.ToOid());
        }

        if (syntax is null || syntax.Type != value.Type)
        {
            return value.ToString();
        }

        return value.Type switch
        {
            SnmpType.Integer32 or SnmpType.Gauge32 => Number(value.ToInt64(), syntax),
            SnmpType.OctetString => Octets(value.Bytes, syntax) ?? value.ToString(),
            _ => value.ToString(),
        };
    }

    private static string Number(long number, MibSyntax syntax)
    {
        var digits = DisplayHint.Of(syntax.DisplayHint) is { IsForNumbers: true } hint ? hint.Format(number) : number.ToString(CultureInfo.InvariantCulture);
        return NamedNumbers.Label(syntax.NamedNumbers, number) is { } label ? $"{label}({number.ToString(CultureInfo.InvariantCulture)})" : digits;
    }

    private static string? Octets(ReadOnlySpan<byte> octets, MibSyntax syntax)
    {
        if (syntax.IsBits)
        {
            return BitsText.Format(octets, syntax.NamedNumbers);
        }

        if (syntax.TypeName == InetAddressText.TypeName && InetAddressText.Format(octets) is { } address)
        {
            return address;
        }

        if (DisplayHint.Of(syntax.DisplayHint) is not { IsForOctets: true } hint)
        {
            return null;
        }

        var text = hint.Format(octets);
        return text.EnumerateRunes().Any(static rune => Rune.IsControl(rune) && rune.Value is not ('\t' or '\r' or '\n')) ? null : text;
    }
}
