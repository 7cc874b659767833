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
    public static MibData Load(string path) => Parse(File.ReadAllText(path, Encoding.Latin1), path);

    /// <summary>Reads a recording from text.</summary>
    /// <param name="text">The lines. Each character is one octet, so none is above U+00FF.</param>
    /// <param name="fileName">What errors call the recording.</param>
    /// <exception cref="RecordingException">A line is not a variable, or names one that an earlier line has.</exception>
    public static MibData Parse(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var lines = new Dictionary<Oid, int>();
        var variables = new List<MibVariable>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace() || line[0] == '#')
            {
                continue;
            }

            var variable = ParseLine(line, fileName, number);
            if (!lines.TryAdd(variable.Oid, number))
            {
                throw new RecordingException(fileName, number, $"The variable {variable.Oid} is already on line {lines[variable.Oid]}.");
            }

            variables.Add(variable);
        }

        return new MibData(variables);
    }

    private static MibVariable ParseLine(ReadOnlySpan<char> line, string fileName, int number)
    {
        Span<Range> fields = stackalloc Range[3];
        if (line.Split(fields, '|') < 3)
        {
            throw new RecordingException(fileName, number, "Not of the form OID|tag|value.");
        }

        if (!Oid.TryParse(line[fields[0]].Trim(), out var oid))
        {
            throw new RecordingException(fileName, number, $"'{line[fields[0]]}' is not an object identifier.");
        }

        var tag = line[fields[1]].Trim();
        try
        {
            return SystemGroup.WithAccess(new MibVariable(oid, ParseValue(tag, line[fields[2]])));
        }
        catch (FormatException problem)
        {
            throw new RecordingException(fileName, number, problem.Message, problem);
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
        SnmpType.OctetString => SnmpValue.OctetString(Octets(text)),
        SnmpType.Opaque => SnmpValue.Opaque(Octets(text)),
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

    private static byte[] Octets(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            throw new FormatException($"'{text}' has characters that are not one octet each: write it in hexadecimal (4x).");
        }

        var octets = new byte[text.Length];
        Encoding.Latin1.GetBytes(text, octets);
        return octets;
    }
}
