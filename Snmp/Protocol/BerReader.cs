using System.Runtime.CompilerServices;

namespace Connections.Snmp.Protocol;

/// <summary>
/// Reads BER values one after another, without copying. Every octet may be hostile: a failed read says why in <see cref="Error"/>, which
/// stays, and nothing is read after it.
/// </summary>
internal ref struct BerReader(ReadOnlySpan<byte> octets)
{
    // Lengths may be written in more octets than they need, but no datagram needs more than this many of them.
    private const int MaxLengthOctets = 8;
    private const int LongestShortLength = 0x7F;

    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>Why the last read failed.</summary>
    public SnmpParseError Error { get; private set; }

    /// <summary>Whether nothing is left to read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>How many octets are left to read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Reads a value of any tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        // Nearly every length is of the short form, and nearly all that is read is good.
        var rest = _rest;
        if (rest.Length < 2 || rest[1] > LongestShortLength || rest[1] > rest.Length - 2 || BerTag.IsLong(rest[0]) || Error != SnmpParseError.None)
        {
            return TryReadUnusual(out tag, out content);
        }

        tag = rest[0];
        content = rest.Slice(2, rest[1]);
        _rest = rest[(2 + rest[1])..];
        return true;
    }

    /// <summary>Reads a value that must have a certain tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        if (!TryRead(out var found, out content))
        {
            return false;
        }

        return found == tag || Fail(SnmpParseError.UnexpectedTag);
    }

    /// <summary>Reads an INTEGER of at most 32 bits.</summary>
    public bool TryReadInt32(out int value)
    {
        value = 0;
        if (!TryRead(BerTag.Integer, out var content))
        {
            return false;
        }

        return BerInteger.TryReadInt32(content, out value) || Fail(SnmpParseError.InvalidInteger);
    }

    /// <summary>Fails unless everything was read.</summary>
    public bool TryEnd() => Error == SnmpParseError.None && (_rest.IsEmpty || Fail(SnmpParseError.TrailingOctets));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadUnusual(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (Error != SnmpParseError.None)
        {
            return false;
        }

        if (_rest.Length < 2)
        {
            return Fail(SnmpParseError.Truncated);
        }

        if (BerTag.IsLong(_rest[0]))
        {
            return Fail(SnmpParseError.UnexpectedTag);
        }

        var header = 2;
        int length = _rest[1];
        if (length > LongestShortLength && !TryReadLongLength(ref header, ref length))
        {
            return false;
        }

        if (length > _rest.Length - header)
        {
            return Fail(SnmpParseError.Truncated);
        }

        tag = _rest[0];
        content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    private bool TryReadLongLength(ref int header, ref int length)
    {
        var count = length & 0x7F;
        if (count == 0)
        {
            return Fail(SnmpParseError.IndefiniteLength);
        }

        if (count > MaxLengthOctets)
        {
            return Fail(SnmpParseError.LengthTooLarge);
        }

        if (count > _rest.Length - header)
        {
            return Fail(SnmpParseError.Truncated);
        }

        ulong value = 0;
        foreach (var octet in _rest.Slice(header, count))
        {
            value = (value << 8) | octet;
        }

        if (value > int.MaxValue)
        {
            return Fail(SnmpParseError.LengthTooLarge);
        }

        header += count;
        length = (int)value;
        return true;
    }

    private bool Fail(SnmpParseError error)
    {
        Error = error;
        return false;
    }
}
