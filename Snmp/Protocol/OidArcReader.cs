namespace Connections.Snmp.Protocol;

/// <summary>Reads the arcs of an OID from its content octets, which must be canonical.</summary>
internal ref struct OidArcReader
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly bool _singleArc;
    private int _position;
    private uint _second;
    private bool _secondPending;

    public OidArcReader(ReadOnlySpan<byte> octets, bool singleArc)
    {
        _octets = octets;
        _singleArc = singleArc;
    }

    public bool TryRead(out uint arc)
    {
        if (_secondPending)
        {
            _secondPending = false;
            arc = _second;
            return true;
        }

        var first = _position == 0;
        if (!EncodedOid.TryReadSubIdentifier(_octets, ref _position, out var subIdentifier))
        {
            arc = 0;
            return false;
        }

        arc = first ? Split(subIdentifier) : (uint)subIdentifier;
        return true;
    }

    // The first sub-identifier is 40 times the first arc plus the second, and only arc 2 may have a second above 39 (X.690, 8.19.4).
    private uint Split(ulong subIdentifier)
    {
        var arc = (uint)Math.Min(subIdentifier / 40, 2);
        _second = (uint)(subIdentifier - (arc * 40));
        _secondPending = !_singleArc;
        return arc;
    }
}
