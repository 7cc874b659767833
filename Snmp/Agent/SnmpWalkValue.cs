using System.Globalization;
using System.Net;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>Values as the Net-SNMP tools print them, with their type before them.</summary>
internal static class SnmpWalkValue
{
    private const string Quote = "\"";
    private const string WrongType = "Wrong Type (should be ";
    private const string OpaquePrefix = "Opaque: ";

    /// <summary>Whether a value is a string in quotes, which may go on over any lines.</summary>
    public static bool BeginsQuoted(string value) => Content(value).StartsWith(Quote, StringComparison.Ordinal);

    /// <summary>Whether a quoted string has its closing quote.</summary>
    public static bool IsClosed(string value)
    {
        var content = Content(value).TrimEnd();
        var backslashes = content.Length - 1 - content.AsSpan()[..^1].TrimEnd('\\').Length;
        return content.Length > 1 && content.EndsWith('"') && backslashes % 2 == 0;
    }

    /// <summary>Whether a line holds octets in hexadecimal and nothing else: long ones go on over several lines.</summary>
    public static bool IsHexLine(string line) => line.Length >= 2 && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(static word => word.Length == 2 && word.All(char.IsAsciiHexDigit));

    /// <exception cref="FormatException">It is no value, or the type is missing.</exception>
    public static SnmpValue Parse(string value)
    {
        value = WithoutWrongType(value);
        if (value.TrimEnd() is "" or "\"\"")
        {
            return SnmpValue.OctetString([]);
        }

        if (value.TrimEnd() is "NULL")
        {
            return SnmpValue.Null;
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new FormatException($"'{value}' has no type: print it with snmpwalk -On, without -Oq, -Ov and -Ot.");
        }

        return Parse(value[..colon], value[(colon + 1)..].TrimStart(' '));
    }

    private static SnmpValue Parse(string type, string text) => type switch
    {
        "STRING" => SnmpValue.OctetString(OctetText.ToOctets(Unquote(text))),
        "Hex-STRING" => SnmpValue.OctetString(Hex(text)),
        "BITS" => SnmpValue.OctetString(Hex(WithoutBitNames(text))),
        "INTEGER" => SnmpValue.Integer32(Number<int>(text)),
        "Counter32" => SnmpValue.Counter32(Number<uint>(text)),
        "Gauge32" or "Unsigned32" or "UInteger32" => SnmpValue.Gauge32(Number<uint>(text)),
        "Timeticks" => SnmpValue.TimeTicks(Number<uint>(text)),
        "Counter64" => SnmpValue.Counter64(Number<ulong>(text)),
        "OID" when Oid.TryParse(text.Trim(), out var oid) => SnmpValue.ObjectIdentifier(oid),
        "IpAddress" when text.AsSpan().Count('.') == 3 && IPAddress.TryParse(text.Trim(), out var address) => SnmpValue.IpAddress(address),
        "Network Address" when Hex(text.Replace(':', ' ')) is { Length: 4 } octets => SnmpValue.IpAddress(new IPAddress(octets)),
        "OPAQUE" => SnmpValue.Opaque(Hex(text)),
        "Opaque" => ParseOpaque(text),
        _ => throw new FormatException($"'{type}: {text}' is not a value of a type that snmpwalk prints."),
    };

    private static SnmpValue ParseOpaque(string text) => text.Split(": ", 2) switch
    {
        ["Float", var number] => SnmpValue.OpaqueFloat(Number<float>(number)),
        ["Double", var number] => SnmpValue.OpaqueDouble(Number<double>(number)),
        _ => throw new FormatException($"'{OpaquePrefix}{text}' is neither a float nor a double."),
    };

    // INTEGER: up(1), Timeticks: (123) 0:00:01.23, INTEGER: 1500 milli-seconds.
    private static T Number<T>(string text)
        where T : ISpanParsable<T>
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        var number = open >= 0 && close > open ? text.AsSpan(open + 1, close - open - 1) : text.AsSpan().Trim();
        var end = number.IndexOf(' ');
        return T.TryParse(end < 0 ? number : number[..end], CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{text}' is not a number of its type.");
    }

    private static byte[] Hex(string text)
    {
        var digits = text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(digits, static octet => byte.TryParse(octet, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && octet.Length <= 2
            ? value
            : throw new FormatException($"'{octet}' is not an octet in hexadecimal."));
    }

    // BITS: 80 02 first(0) fifteenth(14)
    private static string WithoutBitNames(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).TakeWhile(static word => word.Length == 2));

    // Within quotes a backslash stands before a quote and before itself.
    private static string Unquote(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text;
        }

        var quoted = text.TrimEnd()[1..^1];
        var octets = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            var isEscaped = quoted[i] == '\\' && i + 1 < quoted.Length && quoted[i + 1] is '"' or '\\';
            octets.Append(quoted[isEscaped ? ++i : i]);
        }

        return octets.ToString();
    }

    private static string WithoutWrongType(string value)
    {
        var end = value.StartsWith(WrongType, StringComparison.Ordinal) ? value.IndexOf("): ", StringComparison.Ordinal) : -1;
        return end < 0 ? value : value[(end + 3)..];
    }

    private static string Content(string value)
    {
        value = WithoutWrongType(value);
        return value.StartsWith("STRING: ", StringComparison.Ordinal) ? value["STRING: ".Length..] : value;
    }
}
