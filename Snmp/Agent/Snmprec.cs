using System.Globalization;
using System.Net;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>
/// Reads recordings of devices in the <c>.snmprec</c> format of snmpsim: a line per variable, <c>OID|tag|value</c>, with the tag of the
/// value's ASN.1 type in decimal (2, 4, 5, 6, 64 to 68, 70), followed by <c>x</c> where the value is in hexadecimal. Blank lines and lines that
/// begin with <c>#</c> are passed over. Lines may stand in any order. Variation modules (<c>2:numeric</c>) are refused.
/// </summary>
public static class Snmprec
{
    /// <summary>Reads a recording from a file. Octets above 127 are taken as they stand in the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">A line is not a variable, or names one that an earlier line has.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MibData Load(string path) => RecordingBuilder.Load(path, Read);

    /// <summary>Reads a recording from text.</summary>
    /// <param name="text">The lines. Each character is one octet, so none is above U+00FF.</param>
    /// <param name="fileName">What errors call the recording.</param>
    /// <exception cref="RecordingException">A line is not a variable, or names one that an earlier line has.</exception>
    public static MibData Parse(string text, string fileName) => RecordingBuilder.Build(text, fileName, Read);

    /// <summary>Writes a variable as a line of a recording, without its end. Strings that are not plain ASCII are in hexadecimal, so that any editor keeps them.</summary>
    /// <param name="varBind">The variable; not an exception such as noSuchObject, which is no value.</param>
    /// <exception cref="ArgumentException">The value is an exception.</exception>
    public static string Format(in VarBind varBind) => $"{varBind.Oid}|{FormatValue(varBind.Value)}";

    private static string FormatValue(in SnmpValue value) => value.Type switch
    {
        SnmpType.OctetString when !IsPlain(value.Bytes) => $"4x|{Convert.ToHexStringLower(value.Bytes)}",
        SnmpType.OctetString => $"4|{Encoding.ASCII.GetString(value.Bytes)}",
        SnmpType.Opaque => $"68x|{Convert.ToHexStringLower(value.Bytes)}",
        SnmpType.Null => "5|",
        SnmpType.ObjectIdentifier => $"6|{value.ToOid()}",
        SnmpType.IpAddress when value.Bytes.Length != 4 => $"4x|{Convert.ToHexStringLower(value.Bytes)}",
        SnmpType.IpAddress => $"64|{value.ToIPAddress()}",
        SnmpType.Integer32 => string.Create(CultureInfo.InvariantCulture, $"2|{value.ToInt64()}"),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 =>
            string.Create(CultureInfo.InvariantCulture, $"{(byte)value.Type}|{value.ToUInt64()}"),
        _ => throw new ArgumentException($"{value.Type} is no value that a device has.", nameof(value)),
    };

    private static bool IsPlain(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private static void Read(RecordingBuilder recording, RecordingLines lines, string text)
    {
        var number = lines.Number;
        var line = text.AsSpan();
        Span<Range> fields = stackalloc Range[3];
        if (line.Split(fields, '|') < 3)
        {
            throw recording.Error(number, "Not of the form OID|tag|value.");
        }

        if (!Oid.TryParse(line[fields[0]].Trim(), out var oid))
        {
            throw recording.Error(number, $"'{line[fields[0]]}' is not an object identifier.");
        }

        var tag = line[fields[1]].Trim();
        try
        {
            recording.Add(number, oid, ParseValue(tag, line[fields[2]]));
        }
        catch (FormatException problem)
        {
            throw recording.Error(number, problem.Message, problem);
        }
    }

    private static SnmpValue ParseValue(ReadOnlySpan<char> tag, ReadOnlySpan<char> text)
    {
        if (tag.Contains(':'))
        {
            throw new FormatException($"The variation module in '{tag}' is not supported: only fixed values are.");
        }

        var isHex = tag.EndsWith('x');
        if (!byte.TryParse(isHex ? tag[..^1] : tag, CultureInfo.InvariantCulture, out var type))
        {
            throw new FormatException($"'{tag}' is not a type tag.");
        }

        return isHex ? ParseHex((SnmpType)type, text.Trim()) : ParseText((SnmpType)type, text);
    }

    private static SnmpValue ParseHex(SnmpType type, ReadOnlySpan<char> text) => type switch
    {
        SnmpType.OctetString => SnmpValue.OctetString(Convert.FromHexString(text)),
        SnmpType.Opaque => SnmpValue.Opaque(Convert.FromHexString(text)),
        SnmpType.IpAddress when text.Length == 8 => SnmpValue.IpAddress(new IPAddress(Convert.FromHexString(text))),
        _ => throw new FormatException($"'{text}' is not the value of an octet string (4x), an address (64x) or an opaque value (68x) in hexadecimal."),
    };

    private static SnmpValue ParseText(SnmpType type, ReadOnlySpan<char> text) => type switch
    {
        SnmpType.OctetString => SnmpValue.OctetString(OctetText.ToOctets(text)),
        SnmpType.Opaque => SnmpValue.Opaque(OctetText.ToOctets(text)),
        SnmpType.Null => SnmpValue.Null,
        SnmpType.Integer32 when int.TryParse(text, CultureInfo.InvariantCulture, out var value) => SnmpValue.Integer32(value),
        SnmpType.Counter32 when uint.TryParse(text, CultureInfo.InvariantCulture, out var value) => SnmpValue.Counter32(value),
        SnmpType.Gauge32 when uint.TryParse(text, CultureInfo.InvariantCulture, out var value) => SnmpValue.Gauge32(value),
        SnmpType.TimeTicks when uint.TryParse(text, CultureInfo.InvariantCulture, out var value) => SnmpValue.TimeTicks(value),
        SnmpType.Counter64 when ulong.TryParse(text, CultureInfo.InvariantCulture, out var value) => SnmpValue.Counter64(value),
        SnmpType.ObjectIdentifier when Oid.TryParse(text.Trim(), out var value) => SnmpValue.ObjectIdentifier(value),
        SnmpType.IpAddress when text.Count('.') == 3 && IPAddress.TryParse(text, out var value) => SnmpValue.IpAddress(value),
        _ => throw new FormatException($"'{text}' is not a value of type {(byte)type}, or {(byte)type} is none of 2, 4, 5, 6, 64, 65, 66, 67, 68 and 70."),
    };
}
