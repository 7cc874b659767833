using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

// Numbers: d, d-N, x, o and b.
public sealed partial class DisplayHint
{
    // No number has more, but zeros may stand in front of it.
    private const int MostDigits = 40;

    /// <summary>Writes a number. Negative ones have a minus sign in every format.</summary>
    /// <param name="number">The number.</param>
    /// <param name="style">Whose reading is followed.</param>
    /// <returns>The text; in plain decimal where the hint is none for numbers.</returns>
    public string Format(long number, DisplayHintStyle style = DisplayHintStyle.Standard)
    {
        if (style != DisplayHintStyle.Standard && _numberFormat is 'x' or 'o' or 'b')
        {
            return FormatTwosComplement(number);
        }

        var magnitude = number < 0 ? 0 - (ulong)number : (ulong)number;
        var digits = _numberFormat switch
        {
            'x' => magnitude.ToString("x", CultureInfo.InvariantCulture),
            'b' => magnitude.ToString("b", CultureInfo.InvariantCulture),
            'o' => Octal(magnitude),
            _ => WithPoint(magnitude.ToString(CultureInfo.InvariantCulture), style),
        };
        return number < 0 ? $"-{digits}" : digits;
    }

    /// <summary>Reads a number back from what <see cref="Format(long, DisplayHintStyle)"/> writes; of the decimals, the last ones may be left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, or 0.</param>
    /// <returns>Whether it is one, in the hint's own format.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        var isNegative = text is ['-', ..];
        var digits = isNegative ? text[1..] : text;
        if (digits.IsEmpty || !TryParseMagnitude(digits, out var magnitude) || magnitude > long.MaxValue)
        {
            return false;
        }

        number = isNegative ? -(long)magnitude : (long)magnitude;
        return true;
    }

    // Net-SNMP hands a negative number to printf as it is; its bits are always 32.
    private string FormatTwosComplement(long number) => _numberFormat switch
    {
        'x' => number.ToString("x", CultureInfo.InvariantCulture),
        'b' => ((uint)number).ToString("b32", CultureInfo.InvariantCulture),
        _ => Octal((ulong)number),
    };

    private static string Octal(ulong number) => Convert.ToString((long)number, 8);

    private string WithPoint(string digits, DisplayHintStyle style)
    {
        if (_decimals == 0)
        {
            return digits;
        }

        var padded = digits.PadLeft(style == DisplayHintStyle.Standard ? _decimals + 1 : _decimals, '0');
        return $"{padded.AsSpan(0, padded.Length - _decimals)}.{padded.AsSpan(padded.Length - _decimals)}";
    }

    private bool TryParseMagnitude(ReadOnlySpan<char> digits, out ulong magnitude) => _numberFormat switch
    {
        'x' => ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out magnitude),
        'b' => ulong.TryParse(digits, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out magnitude),
        'o' => TryParseOctal(digits, out magnitude),
        _ => TryParsePoint(digits, out magnitude),
    };

    private bool TryParsePoint(ReadOnlySpan<char> text, out ulong magnitude)
    {
        magnitude = 0;
        var point = _decimals == 0 ? -1 : text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? [] : text[(point + 1)..];
        if (decimals.Length > _decimals || whole.Length > MostDigits || text is ['.'])
        {
            return false;
        }

        Span<char> digits = stackalloc char[whole.Length + _decimals];
        digits.Fill('0');
        whole.CopyTo(digits);
        decimals.CopyTo(digits[whole.Length..]);
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
    }

    private static bool TryParseOctal(ReadOnlySpan<char> digits, out ulong number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || number > ulong.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return true;
    }
}
