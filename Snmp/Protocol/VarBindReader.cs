namespace Connections.Snmp.Protocol;

/// <summary>Reads the varbinds of a list's content one by one, in place.</summary>
internal ref struct VarBindReader(ReadOnlySpan<byte> list)
{
    private BerReader _list = new(list);
    private SnmpParseError _error;

    /// <summary>Why reading stopped; <see cref="SnmpParseError.None"/> at the end of the list.</summary>
    public readonly SnmpParseError Error => _error != SnmpParseError.None ? _error : _list.Error;

    /// <summary>Reads the next varbind.</summary>
    /// <returns>Whether there was one; if not, <see cref="Error"/> tells the end of the list from a failure.</returns>
    public bool TryRead(out VarBindSlice varBind)
    {
        varBind = default;
        if (_error != SnmpParseError.None || _list.IsAtEnd || !_list.TryRead(BerTag.Sequence, out var content))
        {
            return false;
        }

        var fields = new BerReader(content);
        if (fields.TryRead(BerTag.ObjectIdentifier, out var name) && fields.TryRead(out var type, out var value) && fields.TryEnd())
        {
            varBind = new VarBindSlice(name, (SnmpType)type, value);
            return true;
        }

        _error = fields.Error;
        return false;
    }
}
