using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>The content octets of values in the one form that blocks have: minimal BER, whatever the agent sent.</summary>
internal static class MinimalBer
{
    /// <summary>More than any number, and as much as any OID, takes.</summary>
    internal const int Scratch = Oid.MaxEncodedLength;

    private const int NumberLength = sizeof(ulong) + 1;

    /// <summary>Whether octets are the content of such a value, and minimal, as nearly all are.</summary>
    internal static bool IsMinimal(SnmpType type, ReadOnlySpan<byte> content) => type switch
    {
        SnmpType.Integer32 => IsMinimal(content) && content.Length <= sizeof(int),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks => IsMinimalUnsigned(content, sizeof(uint)),
        SnmpType.Counter64 => IsMinimalUnsigned(content, sizeof(ulong)),
        SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque => true,
        SnmpType.ObjectIdentifier => EncodedOid.IsCanonical(content),
        SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView => content.IsEmpty,
        _ => false,
    };

    /// <summary>Makes the content of a value minimal, in the scratch.</summary>
    /// <returns>Why the octets are no such value; <see cref="SnmpParseError.None"/> where they are.</returns>
    internal static SnmpParseError TryMend(SnmpType type, ReadOnlySpan<byte> content, Span<byte> scratch, out ReadOnlySpan<byte> minimal)
    {
        minimal = default;
        return type switch
        {
            SnmpType.Integer32 => Mend32(content, scratch, out minimal),
            SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks => MendUnsigned32(content, scratch, out minimal),
            SnmpType.Counter64 => MendUnsigned64(content, scratch, out minimal),
            SnmpType.ObjectIdentifier => MendOid(content, scratch, out minimal),
            SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView => SnmpParseError.InvalidValueLength,
            _ => SnmpParseError.UnsupportedType,
        };
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
