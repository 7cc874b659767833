using System.Globalization;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

// The types by the letters that the snmpset of Net-SNMP has for them, and the forms of octets that only they have.
public static partial class SnmpValueText
{
    private const string Letters =
        "i INTEGER, u Unsigned32 or Gauge32, c Counter32, C Counter64, t TimeTicks, a IpAddress, o OBJECT IDENTIFIER, s text, x octets in hexadecimal, "
        + "d octets in decimal, b BITS, n Null, F float, D double, U and I 64-bit integers in Opaque";

    // Of Net-SNMP's numbers in Opaque (its NOTES file on ASN_OPAQUE_*): the tags of 64-bit integers.
    private const byte ExtensionTag = 0x9F;
    private const byte Integer64Tag = 0x7A;
    private const byte Unsigned64Tag = 0x7B;

    private static readonly char[] Separators = [' ', ',', '.', ':', '-', '\t'];

    /// <summary>Reads a value by a type letter of Net-SNMP's <c>snmpset</c>.</summary>
    /// <param name="letter">
    /// <c>i</c> INTEGER, <c>u</c> Unsigned32 or Gauge32, <c>c</c> Counter32, <c>C</c> Counter64, <c>t</c> TimeTicks, <c>a</c> IpAddress, <c>o</c> OBJECT
    /// IDENTIFIER, <c>s</c> a text, <c>x</c> and <c>d</c> octets in hexadecimal and in decimal, <c>b</c> BITS, as the numbers of those that are set (0 is the first),
    /// <c>n</c> Null; and in Opaque <c>F</c> and <c>D</c> single and double precision, <c>U</c> and <c>I</c> 64-bit integers.
    /// </param>
    /// <param name="text">The value; octets and bits may be separated by spaces, commas, points, colons or hyphens.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SnmpParseException">There is no such letter, or the text is no value of its type; the message says what would be.</exception>
    public static SnmpValue Parse(char letter, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return letter switch
        {
            'i' => Parse(SnmpType.Integer32, text),
            'u' => Parse(SnmpType.Gauge32, text),
            'c' => Parse(SnmpType.Counter32, text),
            'C' => Parse(SnmpType.Counter64, text),
            't' => Parse(SnmpType.TimeTicks, text),
            'a' => Parse(SnmpType.IpAddress, text),
            'o' => Parse(SnmpType.ObjectIdentifier, text),
            's' => Parse(SnmpType.OctetString, text),
            'x' => SnmpValue.OctetString(Hexadecimal(text)),
            'd' => SnmpValue.OctetString(DecimalOctets(text)),
            'b' => SnmpValue.OctetString(Bits(text)),
            'n' => Parse(SnmpType.Null, text),
            'F' => SnmpValue.OpaqueFloat((float)Floating(text, "float", float.MaxValue)),
            'D' => SnmpValue.OpaqueDouble(Floating(text, "double", double.MaxValue)),
            'U' => Opaque64(Unsigned64Tag, Unsigned(text, "unsigned 64-bit integer", ulong.MaxValue)),
            'I' => Opaque64(Integer64Tag, (ulong)Signed(text, "64-bit integer", long.MinValue, long.MaxValue)),
            _ => throw new SnmpParseException($"'{letter}' is no type; the types are {Letters}."),
        };
    }

    private static byte[] Hexadecimal(string text)
    {
        var digits = string.Concat((text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text).Split(Separators));
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw Refused(text, "octet string in hexadecimal", "must be pairs of hexadecimal digits such as 00 1A 2B");
    }

    private static byte[] DecimalOctets(string text) =>
        [.. Numbers(text, byte.MaxValue, "octet string in decimal", "must be numbers from 0 to 255 such as 192 0 2 1").Select(static number => (byte)number)];

    // The first bit is the highest of the first octet (RFC 3417 section 8).
    private static byte[] Bits(string text)
    {
        const int MostBits = ushort.MaxValue * 8;
        var bits = Numbers(text, MostBits - 1, "set of bits", "must be the numbers of those that are set, such as 0 3 7");
        var octets = new byte[bits.Count == 0 ? 0 : bits.Max() / 8 + 1];
        foreach (var bit in bits)
        {
            octets[bit / 8] |= (byte)(0x80 >> bit % 8);
        }

        return octets;
    }

    private static List<int> Numbers(string text, int most, string type, string rule)
    {
        var numbers = new List<int>();
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > most)
            {
                throw Refused(text, type, rule);
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static SnmpValue Opaque64(byte tag, ulong number)
    {
        var length = tag == Integer64Tag ? BerInteger.Length((long)number) : BerInteger.UnsignedLength(number);
        var octets = new byte[length + 3];
        (octets[0], octets[1], octets[2]) = (ExtensionTag, tag, (byte)length);
        for (var i = octets.Length - 1; i > 2; i--)
        {
            octets[i] = (byte)number;
            number >>= 8;
        }

        return SnmpValue.Opaque(octets);
    }
}
