using System.Runtime.CompilerServices;

namespace Connections.Snmp.Protocol;

/// <summary>Reads the varbinds of a list's content one by one, in place.</summary>
internal ref struct VarBindReader(ReadOnlySpan<byte> list)
{
    // Tag and length of the varbind, tag, length and an octet of the name, tag and length of the value.
    private const int ShortestLength = 7;
    private const int HeaderLength = 2;
    private const int NameAt = 2 * HeaderLength;
    private const int LongestShortLength = 0x7F;

    private ReadOnlySpan<byte> _rest = list;

    /// <summary>Why reading stopped; <see cref="SnmpParseError.None"/> at the end of the list.</summary>
    public SnmpParseError Error { get; private set; }

    /// <summary>Reads the next varbind.</summary>
    /// <returns>Whether there was one; if not, <see cref="Error"/> tells the end of the list from a failure.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out VarBindSlice varBind)
    {
        // Nearly all are good, and have lengths of one octet only, each of which is to agree with the others.
        var rest = _rest;
        if (rest.Length >= ShortestLength && rest[0] == BerTag.Sequence && rest[2] == BerTag.ObjectIdentifier)
        {
            var end = HeaderLength + rest[1];
            var typeAt = NameAt + rest[3];
            if (rest[1] <= LongestShortLength && end <= rest.Length && typeAt + HeaderLength <= end
                && typeAt + HeaderLength + rest[typeAt + 1] == end && !BerTag.IsLong(rest[typeAt]))
            {
                varBind = new VarBindSlice(rest[NameAt..typeAt], (SnmpType)rest[typeAt], rest[(typeAt + HeaderLength)..end]);
                _rest = rest[end..];
                return true;
            }
        }

        return TryReadUnusual(out varBind);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadUnusual(out VarBindSlice varBind)
    {
        varBind = default;
        if (Error != SnmpParseError.None || _rest.IsEmpty)
        {
            return false;
        }

        var list = new BerReader(_rest);
        if (!list.TryRead(BerTag.Sequence, out var content))
        {
            Error = list.Error;
            return false;
        }

        var fields = new BerReader(content);
        if (fields.TryRead(BerTag.ObjectIdentifier, out var name) && fields.TryRead(out var type, out var value) && fields.TryEnd())
        {
            varBind = new VarBindSlice(name, (SnmpType)type, value);
            _rest = _rest[^list.Remaining..];
            return true;
        }

        Error = fields.Error;
        return false;
    }
}
