using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Connections.Snmp.Mibs.Values;

// Text as octets.
public sealed partial class DisplayHint
{
    /// <summary>Reads octets back from what <see cref="Format(ReadOnlySpan{byte}, DisplayHintStyle)"/> writes in the standard style; numbers may have leading zeros or none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="octets">The octets, or <see langword="null"/>.</param>
    /// <returns>
    /// Whether the text is of the hint's form. Each field has as many octets as the hint says, except text, which ends at its separator.
    /// </returns>
    public bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        if (!IsForOctets)
        {
            return false;
        }

        var output = new ArrayBufferWriter<byte>(Math.Max(text.Length, 1));
        for (var next = 0; !text.IsEmpty; next++)
        {
            if (!TryTake(_parts[Math.Min(next, _parts.Length - 1)], ref text, output) || output.WrittenCount > LongestField)
            {
                return false;
            }
        }

        octets = output.WrittenSpan.ToArray();
        return true;
    }

    private static bool TryTake(in DisplayHintPart part, ref ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        if (part.Repeats)
        {
            return TryTakeAll(part, ref text, output);
        }

        var length = text.Length;
        return TryTakeField(part, ref text, output) && TryTakePunctuation(part.Separator, ref text) && TryTakePunctuation(part.Terminator, ref text)
            && (text.Length < length || part.Length == 0);
    }

    /// <summary>Takes fields up to the terminator or to the end, their number in front.</summary>
    private static bool TryTakeAll(in DisplayHintPart part, ref ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        var fields = new ArrayBufferWriter<byte>();
        var count = 0;
        for (; !text.IsEmpty && count <= byte.MaxValue && (part.Terminator == default || text[0] != part.Terminator); count++)
        {
            var length = text.Length;
            if (count > 0 && !TryTakePunctuation(part.Separator, ref text))
            {
                break;
            }

            if (!TryTakeField(part, ref text, fields) || text.Length == length)
            {
                return false;
            }
        }

        if (count > byte.MaxValue)
        {
            return false;
        }

        output.Write([(byte)count]);
        output.Write(fields.WrittenSpan);
        return TryTakePunctuation(part.Terminator != default ? part.Terminator : part.Separator, ref text);
    }

    // At the end of the text nothing stands between fields.
    private static bool TryTakePunctuation(char punctuation, ref ReadOnlySpan<char> text)
    {
        if (punctuation == default || text.IsEmpty)
        {
            return true;
        }

        if (text[0] != punctuation || text.Length == 1)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static bool TryTakeField(in DisplayHintPart part, ref ReadOnlySpan<char> text, ArrayBufferWriter<byte> output) =>
        part.Length == 0 || (part.IsText ? TryTakeText(part, ref text, output) : TryTakeNumber(part, ref text, output));

    private static bool TryTakeText(in DisplayHintPart part, ref ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        var left = part.Length;
        var end = part.Separator == default ? text.Length : text.IndexOf(part.Separator) is >= 0 and var at ? at : text.Length;
        var taken = 0;
        Span<byte> encoded = stackalloc byte[4];
        while (taken < end && Rune.DecodeFromUtf16(text[taken..], out var rune, out var chars) == OperationStatus.Done && rune.Utf8SequenceLength <= left)
        {
            output.Write(encoded[..rune.EncodeToUtf8(encoded)]);
            left -= rune.Utf8SequenceLength;
            taken += chars;
        }

        text = text[taken..];
        return taken > 0;
    }

    private static bool TryTakeNumber(in DisplayHintPart part, ref ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        // Where nothing separates hexadecimal fields, their width does.
        var most = part is { Format: 'x', Separator: '\0' } ? Math.Min(text.Length, part.Length * 2) : text.Length;
        var count = 0;
        while (count < most && IsDigit(part.Format, text[count]))
        {
            count++;
        }

        var digits = text[..count];
        text = text[count..];
        return count > 0 && (part.Format == 'x' ? TryWriteHexadecimal(digits, part.Length, output) : TryWriteNumber(part, digits, output));
    }

    private static bool IsDigit(char format, char character) => format switch
    {
        'x' => char.IsAsciiHexDigit(character),
        'o' => character is >= '0' and <= '7',
        _ => char.IsAsciiDigit(character),
    };

    private static bool TryWriteHexadecimal(ReadOnlySpan<char> digits, int length, ArrayBufferWriter<byte> output)
    {
        digits = digits.TrimStart('0');
        if (digits.Length > length * 2)
        {
            return false;
        }

        var padded = new string('0', (length * 2) - digits.Length) + digits.ToString();
        output.Write(Convert.FromHexString(padded));
        return true;
    }

    private static bool TryWriteNumber(in DisplayHintPart part, ReadOnlySpan<char> digits, ArrayBufferWriter<byte> output)
    {
        var isNumber = part.Format == 'o'
            ? TryParseOctal(digits, out var number)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!isNumber || (part.Length < LongestNumber && number >> (part.Length * 8) != 0))
        {
            return false;
        }

        for (var octet = part.Length - 1; octet >= 0; octet--)
        {
            output.Write([(byte)(number >> (octet * 8))]);
        }

        return true;
    }
}
