namespace Connections.Snmp.Protocol;

public readonly partial struct SnmpValue
{
    /// <summary>Makes a value from its BER tag and content octets, which are copied.</summary>
    /// <remarks>
    /// More lenient than the standard where agents are: integers may be padded, and an unsigned number of 32 bits may come without the zero
    /// octet that keeps it from looking negative. An IpAddress may have any length.
    /// </remarks>
    internal static SnmpParseError TryDecode(SnmpType type, ReadOnlySpan<byte> content, out SnmpValue value)
    {
        value = default;
        switch (type)
        {
            case SnmpType.Integer32:
                if (!BerInteger.TryReadInt32(content, out var signed))
                {
                    return SnmpParseError.InvalidInteger;
                }

                value = Integer32(signed);
                return SnmpParseError.None;

            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                if (!BerInteger.TryReadUInt32(content, out var unsigned))
                {
                    return SnmpParseError.InvalidInteger;
                }

                value = new SnmpValue(type, unsigned);
                return SnmpParseError.None;

            case SnmpType.Counter64:
                if (!BerInteger.TryReadUInt64(content, out var large))
                {
                    return SnmpParseError.InvalidInteger;
                }

                value = Counter64(large);
                return SnmpParseError.None;

            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                value = new SnmpValue(type, content.ToArray());
                return SnmpParseError.None;

            case SnmpType.ObjectIdentifier:
                return DecodeOid(content, out value);

            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                value = type == SnmpType.Null ? default : new SnmpValue(type, 0);
                return content.IsEmpty ? SnmpParseError.None : SnmpParseError.InvalidValueLength;

            default:
                return SnmpParseError.UnsupportedType;
        }
    }

    private static SnmpParseError DecodeOid(ReadOnlySpan<byte> content, out SnmpValue value)
    {
        var valid = Oid.TryFromEncoded(content, out var oid);
        value = valid ? ObjectIdentifier(oid) : default;
        return valid ? SnmpParseError.None : SnmpParseError.InvalidOid;
    }
}
