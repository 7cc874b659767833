using System.Buffers.Binary;

namespace Connections.Snmp.Protocol;

/// <summary>
/// Writes BER forward into a buffer. Once something does not fit, <see cref="Overflowed"/> is set and nothing more is written, so that a caller
/// checks once. A constructed value gets one octet for its length, and its content is moved when it turns out to need more.
/// </summary>
internal ref struct BerWriter(Span<byte> buffer)
{
    private const int LongestShortLength = 0x7F;
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Where the next octet goes.</summary>
    public int Position { get; private set; }

    /// <summary>Whether something did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The octets that a length takes besides its first.</summary>
    public static int ExtraLengthOctets(int length) => length switch
    {
        <= LongestShortLength => 0,
        <= 0xFF => 1,
        <= 0xFFFF => 2,
        <= 0xFFFFFF => 3,
        _ => 4,
    };

    /// <summary>The octets that a value takes whose content has a given length.</summary>
    public static int WholeLength(int contentLength) => 2 + ExtraLengthOctets(contentLength) + contentLength;

    /// <summary>Begins a constructed value; what is written until <see cref="Close"/> is its content.</summary>
    /// <returns>Where the content starts, for <see cref="Close"/>.</returns>
    public int Open(byte tag)
    {
        if (TryTake(2, out var at))
        {
            at[0] = tag;
        }

        return Position;
    }

    /// <summary>Ends the innermost constructed value.</summary>
    /// <param name="contentStart">What <see cref="Open"/> returned.</param>
    /// <returns>By how many octets the content moved.</returns>
    public int Close(int contentStart)
    {
        var length = Position - contentStart;
        var extra = ExtraLengthOctets(length);
        if (!TryTake(extra, out _))
        {
            return 0;
        }

        if (extra != 0)
        {
            _buffer.Slice(contentStart, length).CopyTo(_buffer[(contentStart + extra)..]);
        }

        WriteLength(_buffer[(contentStart - 1)..], length, extra);
        return extra;
    }

    /// <summary>Writes the tag and length of a value whose content follows.</summary>
    public void WriteHeader(byte tag, int length)
    {
        var extra = ExtraLengthOctets(length);
        if (!TryTake(2 + extra, out var at))
        {
            return;
        }

        at[0] = tag;
        WriteLength(at[1..], length, extra);
    }

    /// <summary>Writes a value whose content is at hand.</summary>
    public void WriteOctets(byte tag, scoped ReadOnlySpan<byte> content)
    {
        WriteHeader(tag, content.Length);
        if (TryTake(content.Length, out var at))
        {
            content.CopyTo(at);
        }
    }

    /// <summary>Writes an octet of padding.</summary>
    public void WriteZero()
    {
        if (TryTake(1, out var at))
        {
            at[0] = 0;
        }
    }

    /// <summary>Writes a signed number in the fewest octets.</summary>
    public void WriteInteger(byte tag, long value) => WriteNumber(tag, (ulong)value, BerInteger.Length(value));

    /// <summary>Writes an unsigned number in the fewest octets, with a zero octet in front where it would look negative.</summary>
    public void WriteUnsigned(byte tag, ulong value) => WriteNumber(tag, value, BerInteger.UnsignedLength(value));

    /// <summary>Writes an INTEGER in four content octets, whatever its value, so that it can be overwritten in place.</summary>
    /// <returns>Where its four octets stand.</returns>
    public int WriteFixedInteger(int value)
    {
        if (!TryTake(2 + sizeof(int), out var at))
        {
            return 0;
        }

        at[0] = BerTag.Integer;
        at[1] = sizeof(int);
        BinaryPrimitives.WriteInt32BigEndian(at[2..], value);
        return Position - sizeof(int);
    }

    /// <summary>Writes an OID.</summary>
    public void WriteOid(in Oid oid) => WriteOctets(BerTag.ObjectIdentifier, EncodedOid.OnTheWire(oid));

    /// <summary>Writes a value of any type.</summary>
    public void WriteValue(in SnmpValue value)
    {
        var tag = (byte)value.Type;
        switch (value.Type)
        {
            case SnmpType.Integer32:
                WriteInteger(tag, (long)value.Number);
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64:
                WriteUnsigned(tag, value.Number);
                break;
            case SnmpType.OctetString or SnmpType.ObjectIdentifier or SnmpType.IpAddress or SnmpType.Opaque:
                WriteOctets(tag, value.Octets);
                break;
            default:
                WriteHeader(tag, 0);
                break;
        }
    }

    /// <summary>Whether a number of octets still fits.</summary>
    public readonly bool HasRoomFor(int count) => !Overflowed && count <= _buffer.Length - Position;

    private static void WriteLength(Span<byte> at, int length, int extra)
    {
        if (extra == 0)
        {
            at[0] = (byte)length;
            return;
        }

        at[0] = (byte)(0x80 | extra);
        for (var index = extra; index > 0; index--)
        {
            at[index] = (byte)length;
            length >>= 8;
        }
    }

    private void WriteNumber(byte tag, ulong value, int length)
    {
        if (!TryTake(2 + length, out var at))
        {
            return;
        }

        at[0] = tag;
        at[1] = (byte)length;
        for (var index = at.Length - 1; index > 1; index--)
        {
            at[index] = (byte)value;
            value >>= 8;
        }
    }

    private bool TryTake(int count, out Span<byte> octets)
    {
        if (!HasRoomFor(count))
        {
            Overflowed = true;
            octets = default;
            return false;
        }

        octets = _buffer.Slice(Position, count);
        Position += count;
        return true;
    }
}
