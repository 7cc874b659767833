using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>What Net-SNMP's agents put into Opaque: floating-point numbers and integers of 64 bits.</summary>
internal static class OpaqueWriter
{
    // An extension tag and one of these, a length, and the number (Net-SNMP's README on Opaque).
    private const byte ExtensionTag = 0x9F;
    private const byte Counter64Tag = 0x76;
    private const byte Integer64Tag = 0x7A;
    private const byte Unsigned64Tag = 0x7B;
    private const int HeaderLength = 3;

    internal static void Write(StringBuilder output, ReadOnlySpan<byte> octets, VarBindTextOptions options)
    {
        if (OpaqueNumber.TryRead(octets, out var number))
        {
            output.Append(options.Quick ? "" : "Opaque: Float: ").Append(Fixed(number));
        }
        else if (TryReadInteger(octets, out var label, out var digits))
        {
            output.Append(options.Quick ? "" : $"Opaque: {label}: ").Append(digits);
        }
        else
        {
            output.Append(options.Quick ? "" : "OPAQUE: ");
            HexadecimalWriter.Write(output, octets, options.HexadecimalWithText);
        }
    }

    internal static bool IsInteger(ReadOnlySpan<byte> octets) => TryReadInteger(octets, out _, out _);

    // As C prints %f.
    private static string Fixed(double number)
    {
        var sign = double.IsNegative(number) ? "-" : "";
        return double.IsNaN(number) ? $"{sign}nan" : double.IsInfinity(number) ? $"{sign}inf" : number.ToString("F6", CultureInfo.InvariantCulture);
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> octets, out string label, out string digits)
    {
        (label, digits) = ("", "");
        if (octets is not [ExtensionTag, Counter64Tag or Integer64Tag or Unsigned64Tag, var length, .. { Length: > 0 and <= sizeof(ulong) + 1 } content] || length != content.Length)
        {
            return false;
        }

        var isSigned = octets[1] == Integer64Tag;
        var number = isSigned && content[0] >= 0x80 ? ulong.MaxValue : 0;
        foreach (var octet in octets[HeaderLength..])
        {
            number = (number << 8) | octet;
        }

        label = octets[1] switch { Counter64Tag => "Counter64", Integer64Tag => "Int64", _ => "UInt64" };
        digits = isSigned ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
        return true;
    }
}
