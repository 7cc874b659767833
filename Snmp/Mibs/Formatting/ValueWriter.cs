using System.Globalization;
using System.Text;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Writes values, with the type in front unless the form is quick.</summary>
internal sealed class ValueWriter(VarBindTextOptions options, NameWriter names)
{
    /// <summary>The type of SMIv1 that holds an address of any network, all of which are IPv4.</summary>
    internal const string NetworkAddress = "NetworkAddress";

    private const int BitsPerOctet = 8;

    internal void Write(StringBuilder output, in SnmpValue value, MibNode? node, MibTree tree)
    {
        if (value.IsException)
        {
            output.Append(Missing(value.Type));
            return;
        }

        var syntax = node?.Syntax;
        if (syntax is not null && syntax.Type != value.Type && !IsCounterInOpaque(syntax, value))
        {
            output.Append(options.QuickWithEquals ? "" : $"Wrong Type (should be {NameOf(syntax)}): ");
            WritePlain(output, value, tree);
            return;
        }

        if (syntax is null)
        {
            WritePlain(output, value, tree);
        }
        else
        {
            WriteBy(syntax, output, value, tree);
        }

        if (node?.Units is { } units && !options.WithoutUnits && HasUnits(value, syntax))
        {
            output.Append(' ').Append(units);
        }
    }

    private bool HasUnits(in SnmpValue value, MibSyntax? syntax) => value.Type switch
    {
        SnmpType.IpAddress or SnmpType.Null => false,
        SnmpType.OctetString => syntax is not { IsBits: true } && !(value.Bytes.IsEmpty && syntax?.DisplayHint is null),
        SnmpType.TimeTicks => !options.NumericTimeTicks,
        _ => true,
    };

    // In SMIv1 and in SNMPv1, which have no Counter64, Net-SNMP's agents send one so.
    private static bool IsCounterInOpaque(MibSyntax syntax, in SnmpValue value) =>
        syntax.Type == SnmpType.Counter64 && value.Type == SnmpType.Opaque && OpaqueWriter.IsInteger(value.Bytes);

    private void WriteBy(MibSyntax syntax, StringBuilder output, in SnmpValue value, MibTree tree)
    {
        switch (value.Type)
        {
            case SnmpType.Integer32:
                WriteInteger(output, value.ToInt64(), syntax);
                break;
            case SnmpType.Gauge32 when DisplayHint.Of(syntax.DisplayHint) is { IsForNumbers: true } hint:
                Label(output, "Gauge32: ").Append(hint.Format(value.ToInt64(), DisplayHintStyle.NetSnmp));
                break;
            case SnmpType.OctetString when syntax.IsBits:
                WriteBits(output, value.Bytes, syntax);
                break;
            case SnmpType.OctetString:
                OctetWriter.Write(output, value.Bytes, syntax.DisplayHint, options);
                break;
            case SnmpType.IpAddress when syntax.TypeName == NetworkAddress:
                Label(output, "Network Address: ").AppendJoin(':', value.Bytes.ToArray().Select(static octet => octet.ToString("X2", CultureInfo.InvariantCulture)));
                break;
            default:
                WritePlain(output, value, tree);
                break;
        }
    }

    private void WritePlain(StringBuilder output, in SnmpValue value, MibTree tree)
    {
        switch (value.Type)
        {
            case SnmpType.Integer32:
                Label(output, "INTEGER: ").Append(value.ToInt64());
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.Counter64:
                Label(output, $"{value.Type}: ").Append(value.ToUInt64());
                break;
            case SnmpType.TimeTicks:
                WriteTicks(output, (uint)value.ToUInt64());
                break;
            case SnmpType.OctetString:
                OctetWriter.Write(output, value.Bytes, hint: null, options);
                break;
            case SnmpType.ObjectIdentifier:
                names.Write(Label(output, "OID: "), value.ToOid(), tree);
                break;
            case SnmpType.IpAddress:
                Label(output, "IpAddress: ").AppendJoin('.', value.Bytes.ToArray());
                break;
            case SnmpType.Opaque:
                OpaqueWriter.Write(output, value.Bytes, options);
                break;
            default:
                output.Append("NULL");
                break;
        }
    }

    private void WriteInteger(StringBuilder output, long number, MibSyntax syntax)
    {
        Label(output, "INTEGER: ");
        var label = NamedNumbers.Label(syntax.NamedNumbers, number);
        if (label is null || options.NumericEnumerations)
        {
            output.Append(DisplayHint.Of(syntax.DisplayHint) is { IsForNumbers: true } hint
                ? hint.Format(number, DisplayHintStyle.NetSnmp)
                : number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            output.Append(label).Append(options.Quick ? "" : string.Create(CultureInfo.InvariantCulture, $"({number})"));
        }
    }

    private void WriteTicks(StringBuilder output, uint ticks)
    {
        if (!options.Quick && !options.NumericTimeTicks)
        {
            output.Append(CultureInfo.InvariantCulture, $"Timeticks: ({ticks}) ");
        }

        output.Append(TicksWriter.Format(ticks, options));
    }

    private void WriteBits(StringBuilder output, ReadOnlySpan<byte> octets, MibSyntax syntax)
    {
        output.Append(options.Quick ? "\"" : "BITS: ");
        HexadecimalWriter.Write(output, octets, options.HexadecimalWithText);
        if (options.Quick)
        {
            output.Append('"');
            return;
        }

        // Net-SNMP looks for names only until it has come to a bit that has none.
        var hasNames = !options.NumericEnumerations;
        for (var bit = 0; bit < octets.Length * BitsPerOctet; bit++)
        {
            if ((octets[bit / BitsPerOctet] & (0x80 >> (bit % BitsPerOctet))) != 0)
            {
                var label = hasNames ? NamedNumbers.Label(syntax.NamedNumbers, bit) : null;
                hasNames = label is not null;
                output.Append(label is null ? string.Create(CultureInfo.InvariantCulture, $"{bit} ") : string.Create(CultureInfo.InvariantCulture, $"{label}({bit}) "));
            }
        }
    }

    private StringBuilder Label(StringBuilder output, string type) => output.Append(options.Quick ? "" : type);

    private static string NameOf(MibSyntax syntax) => syntax.Type switch
    {
        SnmpType.Integer32 => "INTEGER",
        SnmpType.OctetString => syntax.IsBits ? "BITS" : "OCTET STRING",
        SnmpType.ObjectIdentifier => "OBJECT IDENTIFIER",
        SnmpType.Gauge32 => "Gauge32 or Unsigned32",
        SnmpType.TimeTicks => "Timeticks",
        SnmpType.IpAddress when syntax.TypeName == NetworkAddress => NetworkAddress,
        var type => type.ToString(),
    };

    private static string Missing(SnmpType type) => type switch
    {
        SnmpType.NoSuchObject => "No Such Object available on this agent at this OID",
        SnmpType.NoSuchInstance => "No Such Instance currently exists at this OID",
        _ => "No more variables left in this MIB View (It is past the end of the MIB tree)",
    };
}
