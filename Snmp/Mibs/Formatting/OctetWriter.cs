using System.Text;
using Connections.Snmp.Mibs.Values;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Strings of octets, by their display hint where they have one.</summary>
internal static class OctetWriter
{
    internal static void Write(StringBuilder output, ReadOnlySpan<byte> octets, string? hint, VarBindTextOptions options)
    {
        if (hint is null)
        {
            WritePlain(output, octets, options);
            return;
        }

        if (DisplayHint.Of(hint) is { IsForOctets: true } compiled)
        {
            var style = options.TwoDigitHexadecimal ? DisplayHintStyle.NetSnmpTwoDigits : DisplayHintStyle.NetSnmp;
            output.Append(options.Quick ? "" : "STRING: ").Append(WithoutControls(compiled.Format(octets, style)));
        }
        else if (octets.IsEmpty)
        {
            output.Append(options.Quick ? "" : "STRING: ");
        }
        else
        {
            output.Append("(Bad hint ignored: ").Append(hint).Append(") ");
            WritePlain(output, octets, options);
        }
    }

    private static void WritePlain(StringBuilder output, ReadOnlySpan<byte> octets, VarBindTextOptions options)
    {
        if (octets.IsEmpty)
        {
            output.Append("\"\"");
            return;
        }

        if (options.Octets == OctetStyle.Hexadecimal || (options.Octets == OctetStyle.Guess && !PrintableOctets.AreAll(octets)))
        {
            output.Append(options.Quick ? "\"" : "Hex-STRING: ");
            HexadecimalWriter.Write(output, octets, options.HexadecimalWithText);
            output.Append(options.Quick ? "\"" : "");
            return;
        }

        output.Append(options.Quick ? "\"" : "STRING: \"").Append(PrintableOctets.Escape(octets)).Append('"');
    }

    private static string WithoutControls(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(static character => IsControl(character) ? '.' : character)) : text;

    private static bool IsControl(char character) => char.IsControl(character) && character is not (>= '\t' and <= '\r');
}
