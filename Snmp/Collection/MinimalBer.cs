using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>The content octets of values in the one form that blocks have: minimal BER, whatever the agent sent.</summary>
internal static class MinimalBer
{
    /// <summary>More than any number, and as much as any OID, takes.</summary>
    internal const int Scratch = Oid.MaxEncodedLength;

    private const int NumberLength = sizeof(ulong) + 1;

    /// <summary>Gives the content of a value as it came if it is minimal, else made so in the scratch.</summary>
    /// <returns>Why the octets are no such value; <see cref="SnmpParseError.None"/> where they are.</returns>
    internal static SnmpParseError TryNormalise(SnmpType type, ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        minimal = content;
        switch (type)
        {
            case SnmpType.Integer32:
                return IsMinimal(content) && content.Length <= sizeof(int) ? SnmpParseError.None : Mend32(content, scratch, out minimal);

            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                return IsMinimalUnsigned(content, sizeof(uint)) ? SnmpParseError.None : MendUnsigned32(content, scratch, out minimal);

            case SnmpType.Counter64:
                return IsMinimalUnsigned(content, sizeof(ulong)) ? SnmpParseError.None : MendUnsigned64(content, scratch, out minimal);

            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                return SnmpParseError.None;

            case SnmpType.ObjectIdentifier:
                return EncodedOid.IsCanonical(content) ? SnmpParseError.None : MendOid(content, scratch, out minimal);

            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                return content.IsEmpty ? SnmpParseError.None : SnmpParseError.InvalidValueLength;

            default:
                return SnmpParseError.UnsupportedType;
        }
    }

    /// <summary>Gives the content octets of a value that is decoded.</summary>
    internal static ReadOnlySpan<byte> Of(in SnmpValue value, Span<byte> scratch) => value.Type switch
    {
        SnmpType.Integer32 => Write((long)value.Number, scratch),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 => WriteUnsigned(value.Number, scratch),
        _ => value.Octets,
    };

    private static bool IsMinimal(ReadOnlySpan<byte> content) => content.Length switch
    {
        0 => false,
        1 => true,
        _ => !((content[0] == 0 && content[1] < 0x80) || (content[0] == 0xFF && content[1] >= 0x80)),
    };

    // Not negative, and within so many octets, or one more of zero that keeps it from looking so.
    private static bool IsMinimalUnsigned(ReadOnlySpan<byte> content, int octets) =>
        IsMinimal(content) && content[0] < 0x80 && (content.Length <= octets || (content.Length == octets + 1 && content[0] == 0));

    private static SnmpParseError Mend32(ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        var valid = BerInteger.TryReadInt32(content, out var number);
        minimal = Write(number, scratch);
        return valid ? SnmpParseError.None : SnmpParseError.InvalidInteger;
    }

    private static SnmpParseError MendUnsigned32(ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        var valid = BerInteger.TryReadUInt32(content, out var number);
        minimal = WriteUnsigned(number, scratch);
        return valid ? SnmpParseError.None : SnmpParseError.InvalidInteger;
    }

    private static SnmpParseError MendUnsigned64(ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        var valid = BerInteger.TryReadUInt64(content, out var number);
        minimal = WriteUnsigned(number, scratch);
        return valid ? SnmpParseError.None : SnmpParseError.InvalidInteger;
    }

    private static SnmpParseError MendOid(ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        var length = 1;
        scratch[0] = 0;
        var valid = content.IsEmpty || EncodedOid.TryNormalise(content, scratch, out length);
        minimal = scratch[..length];
        return valid ? SnmpParseError.None : SnmpParseError.InvalidOid;
    }

    private static ReadOnlySpan<byte> Write(long value, Span<byte> scratch) => Write(value, BerInteger.Length(value), scratch);

    private static ReadOnlySpan<byte> WriteUnsigned(ulong value, Span<byte> scratch) =>
        Write((long)value, BerInteger.UnsignedLength(value), scratch);

    private static ReadOnlySpan<byte> Write(long value, int length, Span<byte> scratch)
    {
        var octets = scratch[..NumberLength];
        octets[0] = 0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(octets[1..], value);
        return octets[^length..];
    }
}
