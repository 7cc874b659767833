using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Connections.Snmp.Protocol;

public readonly partial struct Oid : ISpanFormattable, ISpanParsable<Oid>
{
    // An octet carries seven bits: at most three digits, and the dot before them.
    private const int CharsPerOctet = 4;

    /// <summary>Reads an OID in digits and dots, as <c>1.3.6.1.2.1.1.1.0</c>, with or without a leading dot.</summary>
    /// <param name="text">The text; nothing may stand before or after the OID.</param>
    /// <returns>The OID.</returns>
    /// <exception cref="FormatException">The text is no OID; the message quotes it and says why.</exception>
    public static Oid Parse(ReadOnlySpan<char> text)
    {
        var fault = Read(text, out var oid, out var arc);
        return fault == OidFault.None ? oid : throw new FormatException(DescribeText(text, fault, arc));
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    /// <exception cref="ArgumentNullException">The text is <see langword="null"/>.</exception>
    public static Oid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text.AsSpan());
    }

    /// <summary>Reads an OID in digits and dots, with or without a leading dot.</summary>
    /// <param name="text">The text.</param>
    /// <param name="oid">The OID, or <see langword="default"/>.</param>
    /// <returns>Whether the text is an OID.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Oid oid) => Read(text, out oid, out _) == OidFault.None;

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Oid)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out Oid oid) => TryParse(text.AsSpan(), out oid);

    static Oid IParsable<Oid>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static Oid ISpanParsable<Oid>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Oid>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Oid result) => TryParse(s, out result);

    static bool ISpanParsable<Oid>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Oid result) => TryParse(s, out result);

    /// <summary>The arcs in decimal with dots between them, without a leading dot; empty for the OID without arcs.</summary>
    /// <returns>The text, which <see cref="Parse(string)"/> reads unless it is empty.</returns>
    [SkipLocalsInit]
    public override string ToString()
    {
        Span<char> text = stackalloc char[EncodedLength * CharsPerOctet];
        _ = TryFormat(text, out var length);
        return new string(text[..length]);
    }

    /// <summary>Writes what <see cref="ToString()"/> gives into a buffer.</summary>
    /// <param name="destination">The buffer.</param>
    /// <param name="charsWritten">The number of characters written; 0 where they do not fit.</param>
    /// <returns>Whether the text fits.</returns>
    public bool TryFormat(Span<char> destination, out int charsWritten)
    {
        charsWritten = 0;
        var length = 0;
        var reader = new OidArcReader(Octets, IsSingleArc);
        while (reader.TryRead(out var arc))
        {
            if (length != 0)
            {
                if (length == destination.Length)
                {
                    return false;
                }

                destination[length++] = '.';
            }

            if (!arc.TryFormat(destination[length..], out var digits, default, CultureInfo.InvariantCulture))
            {
                return false;
            }

            length += digits;
        }

        charsWritten = length;
        return true;
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    [SkipLocalsInit]
    private static OidFault Read(ReadOnlySpan<char> text, out Oid oid, out Range faultyArc)
    {
        oid = default;
        faultyArc = default;
        var writer = new OidArcWriter(stackalloc byte[MaxEncodedLength]);
        var start = text is ['.', ..] ? 1 : 0;
        if (start == text.Length)
        {
            return OidFault.NoArcs;
        }

        while (start <= text.Length)
        {
            var dot = text[start..].IndexOf('.');
            var end = dot < 0 ? text.Length : start + dot;
            faultyArc = start..end;
            var fault = ReadArc(text[start..end], out var arc);
            if (fault == OidFault.None)
            {
                fault = writer.Add(arc);
            }

            if (fault != OidFault.None)
            {
                return fault;
            }

            start = end + 1;
        }

        oid = writer.ToOid();
        return OidFault.None;
    }

    private static OidFault ReadArc(ReadOnlySpan<char> text, out uint arc)
    {
        arc = 0;
        if (text.IsEmpty)
        {
            return OidFault.EmptyArc;
        }

        ulong value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return OidFault.NotANumber;
            }

            value = Math.Min((value * 10) + (uint)(character - '0'), (ulong)uint.MaxValue + 1);
        }

        arc = (uint)value;
        return value > uint.MaxValue ? OidFault.ArcTooLarge : OidFault.None;
    }

    private static string DescribeText(ReadOnlySpan<char> text, OidFault fault, Range arc)
    {
        const int Shown = 100;
        var quoted = text.Length <= Shown ? $"'{text}'" : $"'{text[..Shown]}…'";
        var at = text[arc];
        return fault switch
        {
            OidFault.NotANumber when at.Length < text.Length && at.Length <= Shown => $"{quoted} is not an OID: '{at}' {Describe(fault)}.",
            OidFault.NotANumber => $"{quoted} is not an OID: it {Describe(fault)}.",
            OidFault.ArcTooLarge when at.Length <= Shown => $"{quoted} is not an OID: {at} {Describe(fault)}.",
            OidFault.ArcTooLarge => $"{quoted} is not an OID: an arc {Describe(fault)}.",
            _ => $"{quoted} is not an OID: {Describe(fault)}.",
        };
    }

    private static string Describe(OidFault fault) => fault switch
    {
        OidFault.NoArcs => "it has no arcs; write numbers and dots, such as 1.3.6.1.2.1.1.1.0",
        OidFault.EmptyArc => "a number is missing before or after a dot",
        OidFault.NotANumber => "is not a number; write numbers and dots, such as 1.3.6.1.2.1.1.1.0",
        OidFault.ArcTooLarge => "is larger than 4294967295",
        OidFault.FirstArcTooLarge => "the first arc must be 0, 1 or 2",
        OidFault.SecondArcTooLarge => "the second arc must be at most 39 where the first is 0 or 1",
        _ => $"it has more than {MaxArcs} arcs",
    };
}
