using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Connections.Snmp.Mibs.Values;

// Octets as text.
public sealed partial class DisplayHint
{
    /// <summary>Writes octets.</summary>
    /// <param name="octets">The value.</param>
    /// <param name="style">Whose reading is followed.</param>
    /// <returns>
    /// The text; octets of text are taken as UTF-8, or as Latin-1 where they are none, and may be control characters. In hexadecimal where the hint is none for octets.
    /// </returns>
    public string Format(ReadOnlySpan<byte> octets, DisplayHintStyle style = DisplayHintStyle.Standard)
    {
        if (!IsForOctets)
        {
            return Convert.ToHexString(octets);
        }

        var output = new ArrayBufferWriter<byte>(Math.Max(octets.Length * 2, 16));
        for (var next = 0; !octets.IsEmpty; next++)
        {
            octets = Apply(_parts[Math.Min(next, _parts.Length - 1)], isAgain: next >= _parts.Length, octets, style, output);
        }

        var text = output.WrittenSpan;
        return (Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
    }

    /// <summary>Applies one specification, as often as it says.</summary>
    /// <returns>The octets that are left.</returns>
    private static ReadOnlySpan<byte> Apply(
        DisplayHintPart part, bool isAgain, ReadOnlySpan<byte> octets, DisplayHintStyle style, ArrayBufferWriter<byte> output)
    {
        var times = 1;
        if (part.Repeats && !(isAgain && style != DisplayHintStyle.Standard))
        {
            // Nothing, however often, is still nothing.
            times = part.Length == 0 ? Math.Min(octets[0], (byte)1) : octets[0];
            octets = octets[1..];
        }

        var length = part.Length == 0 && style != DisplayHintStyle.Standard ? 1 : part.Length;
        for (; times > 0 && !octets.IsEmpty; times--)
        {
            var taken = Math.Min(length, octets.Length);
            Write(part, octets[..taken], length, style, output);
            octets = octets[taken..];
            var isBeforeTerminator = times == 1 && part.Terminator != default && style == DisplayHintStyle.Standard;
            if (!octets.IsEmpty && !isBeforeTerminator)
            {
                Write(part.Separator, output);
            }
        }

        if (!octets.IsEmpty)
        {
            Write(part.Terminator, output);
        }

        return octets;
    }

    private static void Write(in DisplayHintPart part, ReadOnlySpan<byte> field, int length, DisplayHintStyle style, ArrayBufferWriter<byte> output)
    {
        if (part.IsText)
        {
            WriteText(field, style, output);
        }
        else if (!field.IsEmpty)
        {
            // Net-SNMP reads a field that the value ends in as if zeros followed.
            var whole = style == DisplayHintStyle.Standard || length > LongestNumber ? field : [.. field, .. new byte[length - field.Length]];
            Encoding.UTF8.GetBytes(part.Format == 'x' ? Hexadecimal(part, whole, style) : Number(part.Format, whole), output);
        }
    }

    // Net-SNMP shows text that has a NUL in it with points for what cannot be printed.
    private static void WriteText(ReadOnlySpan<byte> field, DisplayHintStyle style, ArrayBufferWriter<byte> output)
    {
        if (style != DisplayHintStyle.Standard && field.Contains((byte)0))
        {
            Encoding.ASCII.GetBytes(PrintableOctets.Escape(field), output);
        }
        else
        {
            output.Write(field);
        }
    }

    private static string Hexadecimal(in DisplayHintPart part, ReadOnlySpan<byte> field, DisplayHintStyle style)
    {
        var digits = Convert.ToHexStringLower(field);
        var isPadded = part.Length == 1 && (style != DisplayHintStyle.NetSnmp || part.Separator == default);
        return isPadded ? digits : digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
    }

    private static string Number(char format, ReadOnlySpan<byte> field)
    {
        ulong number = 0;
        foreach (var octet in field)
        {
            number = (number << 8) | octet;
        }

        return format == 'o' ? Octal(number) : number.ToString(CultureInfo.InvariantCulture);
    }

    private static void Write(char punctuation, ArrayBufferWriter<byte> output)
    {
        if (punctuation != default)
        {
            Encoding.UTF8.GetBytes([punctuation], output);
        }
    }
}
