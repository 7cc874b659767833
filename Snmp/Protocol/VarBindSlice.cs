namespace Connections.Snmp.Protocol;

/// <summary>
/// A varbind where it stands in a datagram. Only its frame has been checked: name and value are the peer's octets, which
/// <see cref="TryToVarBind"/> or <see cref="EncodedOid.IsCanonical"/> judge.
/// </summary>
internal readonly ref struct VarBindSlice(ReadOnlySpan<byte> name, SnmpType type, ReadOnlySpan<byte> value)
{
    /// <summary>The content octets of the name.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value's tag, which may be none that <see cref="SnmpType"/> lists.</summary>
    public SnmpType Type { get; } = type;

    /// <summary>The content octets of the value.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Decodes name and value.</summary>
    public SnmpParseError TryToVarBind(out VarBind varBind)
    {
        varBind = default;
        if (!Oid.TryFromEncoded(Name, out var name))
        {
            return SnmpParseError.InvalidOid;
        }

        var error = SnmpValue.TryDecode(Type, Value, out var value);
        if (error == SnmpParseError.None)
        {
            varBind = new VarBind(name, value);
        }

        return error;
    }
}
