namespace Connections.Snmp.Protocol;

/// <summary>Builds an OID arc by arc in a buffer of at least <see cref="Oid.MaxEncodedLength"/> octets.</summary>
internal ref struct OidArcWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;
    private int _count;
    private uint _first;

    public readonly int Count => _count;

    /// <summary>Continues from an existing OID.</summary>
    public void Start(in Oid oid)
    {
        _count = oid.Count;
        if (_count == 1)
        {
            _first = oid[0];
        }
        else
        {
            _length = Copy(oid.Octets, _buffer);
        }
    }

    public OidFault Add(uint arc)
    {
        if (_count == Oid.MaxArcs)
        {
            return OidFault.TooManyArcs;
        }

        ulong subIdentifier = arc;
        if (_count == 0)
        {
            if (arc > 2)
            {
                return OidFault.FirstArcTooLarge;
            }

            _first = arc;
            _count = 1;
            return OidFault.None;
        }

        if (_count == 1)
        {
            if (_first < 2 && arc > 39)
            {
                return OidFault.SecondArcTooLarge;
            }

            subIdentifier += _first * 40;
        }

        _length += EncodedOid.WriteSubIdentifier(subIdentifier, _buffer[_length..]);
        _count++;
        return OidFault.None;
    }

    public OidFault Add(scoped ReadOnlySpan<uint> arcs)
    {
        foreach (var arc in arcs)
        {
            var fault = Add(arc);
            if (fault != OidFault.None)
            {
                return fault;
            }
        }

        return OidFault.None;
    }

    public readonly Oid ToOid() => _count switch
    {
        0 => default,
        1 => Oid.FromSingleArc(_first),
        _ => Oid.FromCanonical(_buffer[.._length]),
    };

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }
}
