using System.Collections.Immutable;
using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

public sealed partial class DisplayHint
{
    private const int LongestField = ushort.MaxValue;

    // As many as fit a number of 64 bits.
    private const int LongestNumber = sizeof(ulong);

    private const int MostDecimals = 99;

    private static bool TryReadNumberFormat(string text, out char format, out int decimals)
    {
        decimals = 0;
        format = text is ['d' or 'x' or 'o' or 'b', ..] ? text[0] : default;
        var isNumber = text.Length == 1
            || (format == 'd' && text[1] == '-' && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out decimals) && decimals <= MostDecimals);
        if (format == default || !isNumber)
        {
            format = default;
            return false;
        }

        return true;
    }

    /// <summary>The specifications for octets; none where one of them makes no sense.</summary>
    private static ImmutableArray<DisplayHintPart> ReadParts(string text)
    {
        var parts = ImmutableArray.CreateBuilder<DisplayHintPart>();
        for (var at = 0; at < text.Length;)
        {
            if (!TryReadPart(text, ref at, out var part))
            {
                return [];
            }

            parts.Add(part);
        }

        return parts.Count > 0 && parts[^1].Length > 0 ? parts.ToImmutable() : [];
    }

    private static bool TryReadPart(string text, ref int at, out DisplayHintPart part)
    {
        part = default;
        var repeats = text[at] == '*';
        at += repeats ? 1 : 0;
        var length = ReadLength(text, ref at);
        if (at == text.Length || text[at] is not ('x' or 'd' or 'o' or 'a' or 't'))
        {
            return false;
        }

        var format = text[at++];
        var separator = ReadPunctuation(text, ref at, length);
        var terminator = separator == default ? default : ReadPunctuation(text, ref at, length);
        part = new DisplayHintPart(repeats, length ?? 1, format, separator, terminator);
        return format is not ('d' or 'o') || part.Length <= LongestNumber;
    }

    private static int? ReadLength(string text, ref int at)
    {
        int? length = null;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            length = Math.Min(((length ?? 0) * 10) + text[at] - '0', LongestField);
        }

        return length;
    }

    // Where lengths are left out, a letter that follows is the next format and no separator.
    private static char ReadPunctuation(string text, ref int at, int? length)
    {
        var isPunctuation = at < text.Length && text[at] != '*' && !char.IsAsciiDigit(text[at]) && (length is not null || text[at] is not ('x' or 'd' or 'o'));
        return isPunctuation ? text[at++] : default;
    }
}
