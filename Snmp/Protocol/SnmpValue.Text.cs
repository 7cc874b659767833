using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Connections.Snmp.Protocol;

public readonly partial struct SnmpValue
{
    private const int HundredthsPerSecond = 100;
    private const int SecondsPerDay = 86_400;

    /// <summary>
    /// The value for people to read: numbers in decimal, TimeTicks as <c>1 day, 2:03:04.56</c>, octets as text where all of it is printable UTF-8
    /// (trailing zero octets are left out), else in hexadecimal as <c>00 1A 2B</c>, the exceptions by their names in RFC 3416.
    /// </summary>
    /// <returns>The text; empty for an empty OCTET STRING.</returns>
    public override string ToString() => Type switch
    {
        SnmpType.Integer32 => ((long)_number).ToString(CultureInfo.InvariantCulture),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.Counter64 => _number.ToString(CultureInfo.InvariantCulture),
        SnmpType.TimeTicks => FormatTicks((uint)_number),
        SnmpType.OctetString => FormatOctets(Octets),
        SnmpType.ObjectIdentifier => ToOid().ToString(),
        SnmpType.IpAddress => _octets!.Length == IPv4Length ? new IPAddress(_octets).ToString() : FormatHex(Octets),
        SnmpType.Opaque => FormatOpaque(),
        SnmpType.NoSuchObject => "noSuchObject",
        SnmpType.NoSuchInstance => "noSuchInstance",
        SnmpType.EndOfMibView => "endOfMibView",
        _ => "null",
    };

    private static string FormatTicks(uint hundredths)
    {
        var seconds = hundredths / HundredthsPerSecond;
        var days = seconds / SecondsPerDay;
        var rest = seconds % SecondsPerDay;
        var time = string.Create(
            CultureInfo.InvariantCulture,
            $"{rest / 3600}:{rest / 60 % 60:00}:{rest % 60:00}.{hundredths % HundredthsPerSecond:00}");
        return days switch
        {
            0 => time,
            1 => $"1 day, {time}",
            _ => $"{days} days, {time}",
        };
    }

    private static string FormatOctets(ReadOnlySpan<byte> octets)
    {
        // Many agents send the terminator of a C string with it.
        var text = octets.TrimEnd((byte)0);
        return IsPrintable(text) && (!text.IsEmpty || octets.IsEmpty) ? Encoding.UTF8.GetString(text) : FormatHex(octets);
    }

    private static bool IsPrintable(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(octets, out var rune, out var length) != OperationStatus.Done)
            {
                return false;
            }

            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\r' or '\n'))
            {
                return false;
            }

            octets = octets[length..];
        }

        return true;
    }

    private static string FormatHex(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length * 3);
        foreach (var octet in octets)
        {
            if (text.Length != 0)
            {
                text.Append(' ');
            }

            text.Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private string FormatOpaque()
    {
        if (!OpaqueNumber.TryRead(Octets, out var number))
        {
            return FormatHex(Octets);
        }

        // The shortest text that gives the number back; a single has fewer digits than the double that it widens to.
        return _octets![1] == OpaqueNumber.FloatTag
            ? ((float)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);
    }
}
