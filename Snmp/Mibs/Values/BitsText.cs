using System.Collections.Immutable;
using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

/// <summary>BITS as the names of those that are set. The first bit is the highest of the first octet (RFC 3417, section 8).</summary>
internal static class BitsText
{
    private const int BitsPerOctet = 8;
    private const int MostBits = ushort.MaxValue * BitsPerOctet;

    private static readonly char[] Separators = [' ', ',', '{', '}', '\t'];

    /// <summary>The bits that are set, by name where they have one: <c>sunday(0) tuesday(2) 9</c>.</summary>
    internal static string Format(ReadOnlySpan<byte> octets, ImmutableArray<MibNamedNumber> names)
    {
        var words = new List<string>();
        for (var bit = 0; bit < octets.Length * BitsPerOctet; bit++)
        {
            if ((octets[bit / BitsPerOctet] & (0x80 >> (bit % BitsPerOctet))) != 0)
            {
                var number = bit.ToString(CultureInfo.InvariantCulture);
                words.Add(NamedNumbers.Label(names, bit) is { } name ? $"{name}({number})" : number);
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>Reads bits by name or number, separated by spaces or commas, in braces or not. There are octets for all bits that have a name.</summary>
    /// <param name="text">The bits; none for the empty set.</param>
    /// <param name="names">The names; any number goes where there are none.</param>
    /// <param name="octets">The octets.</param>
    /// <param name="unknown">The first word that is no bit.</param>
    internal static bool TryParse(string text, ImmutableArray<MibNamedNumber> names, out byte[] octets, out string unknown)
    {
        var bits = new List<int>();
        octets = [];
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            unknown = word;
            if (!TryParseBit(word, names, out var bit))
            {
                return false;
            }

            bits.Add(bit);
        }

        unknown = "";
        octets = Set(bits, names.IsEmpty ? 0 : (names.Max(static name => name.Number) / BitsPerOctet) + 1);
        return true;
    }

    private static bool TryParseBit(string word, ImmutableArray<MibNamedNumber> names, out int bit) =>
        (names.IsEmpty ? int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out bit) : NamedNumbers.TryParse(names, word, out bit))
        && bit is >= 0 and < MostBits;

    private static byte[] Set(List<int> bits, int length)
    {
        var octets = new byte[Math.Max(length, bits.Count == 0 ? 0 : (bits.Max() / BitsPerOctet) + 1)];
        foreach (var bit in bits)
        {
            octets[bit / BitsPerOctet] |= (byte)(0x80 >> (bit % BitsPerOctet));
        }

        return octets;
    }
}
