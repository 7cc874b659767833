using System.Numerics;

namespace Connections.Snmp.Protocol;

/// <summary>The content octets of integers: two's complement, most significant octet first (X.690 section 8.3), padded or not.</summary>
internal static class BerInteger
{
    public static bool TryReadInt32(ReadOnlySpan<byte> content, out int value)
    {
        var valid = TryReadInt64(content, out var wide) && wide is >= int.MinValue and <= int.MaxValue;
        value = valid ? (int)wide : 0;
        return valid;
    }

    /// <summary>Reads an unsigned number; one that looks negative is taken for the unsigned number with the same 32 bits.</summary>
    public static bool TryReadUInt32(ReadOnlySpan<byte> content, out uint value)
    {
        var valid = TryReadInt64(content, out var wide) && wide is >= int.MinValue and <= uint.MaxValue;
        value = valid ? (uint)wide : 0;
        return valid;
    }

    /// <summary>Reads an unsigned number; one that looks negative is taken for the unsigned number with the same 64 bits.</summary>
    public static bool TryReadUInt64(ReadOnlySpan<byte> content, out ulong value)
    {
        // Without the zero octets that keep a large number from looking negative, its 64 bits are left.
        var bits = content.TrimStart((byte)0);
        if (bits.Length != sizeof(ulong))
        {
            bits = content;
        }

        var valid = TryReadInt64(bits, out var signed);
        value = (ulong)signed;
        return valid;
    }

    public static bool TryReadInt64(ReadOnlySpan<byte> content, out long value)
    {
        value = 0;
        if (content.IsEmpty)
        {
            return false;
        }

        value = (sbyte)content[0];
        foreach (var octet in content[1..])
        {
            // Shifting on would lose significant bits.
            if (value is < (long.MinValue >> 8) or > (long.MaxValue >> 8))
            {
                return false;
            }

            value = (value << 8) | octet;
        }

        return true;
    }

    /// <summary>The fewest octets that hold a signed number: its significant bits, and one for the sign.</summary>
    public static int Length(long value) => ((64 - BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63)))) / 8) + 1;

    /// <summary>The fewest octets that hold an unsigned number without looking negative, at most nine.</summary>
    public static int UnsignedLength(ulong value) => ((64 - BitOperations.LeadingZeroCount(value)) / 8) + 1;
}
