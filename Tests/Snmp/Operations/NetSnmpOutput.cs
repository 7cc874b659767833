using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

/// <summary>Reads what a Net-SNMP tool printed back into values, so that both sides compare as values.</summary>
internal static partial class NetSnmpOutput
{
    /// <summary>Reads one line, of numeric OIDs and enumerations, octets in hexadecimal and raw time ticks.</summary>
    public static VarBind Parse(string line) => Line().Match(line) is { Success: true } match
        ? new VarBind(Oid.Parse(match.Groups["oid"].Value), ToValue(match.Groups["type"].Value, match.Groups["value"].Value))
        : throw new FormatException($"This is no line of the tool's: {line}");

    // The tool prints empty octets and raw time ticks without a type.
    private static SnmpValue ToValue(string type, string value) => type switch
    {
        "" when value == "\"\"" => SnmpValue.OctetString(""),
        "" => SnmpValue.TimeTicks(uint.Parse(value, CultureInfo.InvariantCulture)),
        "Hex-STRING" => SnmpValue.OctetString(Convert.FromHexString(value.Replace(" ", ""))),
        "INTEGER" => SnmpValue.Integer32(int.Parse(value, CultureInfo.InvariantCulture)),
        "Counter32" => SnmpValue.Counter32(uint.Parse(value, CultureInfo.InvariantCulture)),
        "Gauge32" => SnmpValue.Gauge32(uint.Parse(value, CultureInfo.InvariantCulture)),
        "Counter64" => SnmpValue.Counter64(ulong.Parse(value, CultureInfo.InvariantCulture)),
        "OID" => SnmpValue.ObjectIdentifier(Oid.Parse(value)),
        "IpAddress" => SnmpValue.IpAddress(IPAddress.Parse(value)),
        _ => throw new FormatException($"The tool printed a value of type '{type}': {value}"),
    };

    [GeneratedRegex(@"^(?<oid>[.0-9]+) = (?:(?<type>[A-Za-z0-9-]+): ?)?(?<value>.*?) *$")]
    private static partial Regex Line();
}
