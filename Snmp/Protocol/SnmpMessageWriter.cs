using System.Buffers.Binary;

namespace Connections.Snmp.Protocol;

/// <summary>
/// Writes a message varbind by varbind: begin, add, <see cref="TryComplete"/>. A varbind that would make the message larger
/// than the buffer is refused and leaves no trace, so that an agent fills a response up to the size it may have.
/// </summary>
/// <remarks>
/// The request-id takes four octets whatever its value, so that a retransmission with a new one patches the datagram. From 0x00800000 up to
/// <see cref="int.MaxValue"/> that is its minimal form too.
/// </remarks>
internal ref partial struct SnmpMessageWriter
{
    private BerWriter _writer;
    private int _messageStart;
    private int _pduStart;
    private readonly int _listStart;

    // Of SNMPv3 only.
    private readonly int _blockLength;
    private readonly int _encryptedStart;
    private readonly int _scopeStart;
    private SecuredLayout _layout;

    /// <summary>Begins a message of any PDU but the Trap of SNMPv1.</summary>
    public SnmpMessageWriter(
        Span<byte> buffer,
        SnmpVersion version,
        ReadOnlySpan<byte> community,
        PduType type,
        int requestId,
        int errorStatusOrNonRepeaters = 0,
        int errorIndexOrMaxRepetitions = 0)
    {
        _writer = new BerWriter(buffer);
        Begin(version, community, type);
        RequestIdOffset = _writer.WriteFixedInteger(requestId);
        _writer.WriteInteger(BerTag.Integer, errorStatusOrNonRepeaters);
        _writer.WriteInteger(BerTag.Integer, errorIndexOrMaxRepetitions);
        _listStart = _writer.Open(BerTag.Sequence);
    }

    /// <summary>Begins a Trap of SNMPv1.</summary>
    public SnmpMessageWriter(Span<byte> buffer, ReadOnlySpan<byte> community, in TrapV1Fields trap)
    {
        _writer = new BerWriter(buffer);
        Begin(SnmpVersion.V1, community, PduType.TrapV1);
        _writer.WriteOid(trap.Enterprise);
        Span<byte> address = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(address, trap.AgentAddress);
        _writer.WriteOctets((byte)SnmpType.IpAddress, address);
        _writer.WriteInteger(BerTag.Integer, trap.GenericTrap);
        _writer.WriteInteger(BerTag.Integer, trap.SpecificTrap);
        _writer.WriteUnsigned((byte)SnmpType.TimeTicks, trap.Timestamp);
        _listStart = _writer.Open(BerTag.Sequence);
    }

    /// <summary>Where the four octets of the request-id stand once the message is complete; 0 for a Trap of SNMPv1.</summary>
    public int RequestIdOffset { get; private set; }

    /// <summary>Writes a request that reads: each OID with the value Null.</summary>
    /// <returns>Whether the message fits the buffer.</returns>
    public static bool TryWrite(
        Span<byte> buffer,
        SnmpVersion version,
        ReadOnlySpan<byte> community,
        PduType type,
        int requestId,
        int nonRepeaters,
        int maxRepetitions,
        ReadOnlySpan<Oid> oids,
        out int length,
        out int requestIdOffset)
    {
        var writer = new SnmpMessageWriter(buffer, version, community, type, requestId, nonRepeaters, maxRepetitions);
        var fits = true;
        foreach (ref readonly var oid in oids)
        {
            fits = fits && writer.TryAdd(oid);
        }

        return writer.Finish(fits, out length, out requestIdOffset);
    }

    /// <summary>Writes a message with values: Set, Response, Inform, SNMPv2-Trap.</summary>
    /// <returns>Whether the message fits the buffer.</returns>
    public static bool TryWrite(
        Span<byte> buffer,
        SnmpVersion version,
        ReadOnlySpan<byte> community,
        PduType type,
        int requestId,
        int errorStatus,
        int errorIndex,
        ReadOnlySpan<VarBind> varBinds,
        out int length,
        out int requestIdOffset)
    {
        var writer = new SnmpMessageWriter(buffer, version, community, type, requestId, errorStatus, errorIndex);
        var fits = true;
        foreach (ref readonly var varBind in varBinds)
        {
            fits = fits && writer.TryAdd(varBind.Oid, varBind.Value);
        }

        return writer.Finish(fits, out length, out requestIdOffset);
    }

    /// <summary>Adds an OID with the value Null.</summary>
    public bool TryAdd(in Oid oid) => TryAdd(EncodedOid.OnTheWire(oid));

    /// <summary>Adds a name with the value Null, from the content octets of an OID: a walk asks for what follows the last name of a reply.</summary>
    public bool TryAdd(scoped ReadOnlySpan<byte> name)
    {
        if (!TryBeginVarBind(name, valueLength: 0))
        {
            return false;
        }

        _writer.WriteHeader((byte)SnmpType.Null, 0);
        return true;
    }

    /// <summary>Adds a varbind.</summary>
    public bool TryAdd(in Oid oid, in SnmpValue value)
    {
        if (!TryBeginVarBind(EncodedOid.OnTheWire(oid), value.EncodedLength))
        {
            return false;
        }

        _writer.WriteValue(value);
        return true;
    }

    /// <summary>Adds a varbind as it stands in another message.</summary>
    public bool TryAdd(scoped VarBindSlice slice)
    {
        if (!TryBeginVarBind(slice.Name, slice.Value.Length))
        {
            return false;
        }

        _writer.WriteOctets((byte)slice.Type, slice.Value);
        return true;
    }

    /// <summary>Ends the message. After this, nothing may be added.</summary>
    /// <param name="length">The length of the message, which begins where the buffer does; 0 where it does not fit.</param>
    /// <returns>Whether the message fits the buffer.</returns>
    public bool TryComplete(out int length)
    {
        _writer.Close(_listStart);
        var moved = _writer.Close(_pduStart) + CloseScope();
        var movedAll = _writer.Close(_messageStart);
        MoveSecuredOffsets(movedAll);
        if (RequestIdOffset != 0)
        {
            RequestIdOffset += moved + movedAll;
        }

        length = _writer.Overflowed ? 0 : _writer.Position;
        return !_writer.Overflowed;
    }

    private bool Finish(bool allAdded, out int length, out int requestIdOffset)
    {
        var fits = TryComplete(out length) && allAdded;
        if (!fits)
        {
            length = 0;
        }

        requestIdOffset = RequestIdOffset;
        return fits;
    }

    private void Begin(SnmpVersion version, ReadOnlySpan<byte> community, PduType type)
    {
        _messageStart = _writer.Open(BerTag.Sequence);
        _writer.WriteInteger(BerTag.Integer, (int)version);
        _writer.WriteOctets(BerTag.OctetString, community);
        _pduStart = _writer.Open((byte)type);
    }

    // Writes a varbind up to its value, if all of it fits.
    private bool TryBeginVarBind(scoped ReadOnlySpan<byte> name, int valueLength)
    {
        var length = BerWriter.WholeLength(name.Length) + BerWriter.WholeLength(valueLength);
        if (!HasRoomFor(BerWriter.WholeLength(length)))
        {
            return false;
        }

        _writer.WriteHeader(BerTag.Sequence, length);
        _writer.WriteOctets(BerTag.ObjectIdentifier, name);
        return true;
    }

    // The open lengths push their contents as they grow, which must still fit when the message is completed.
    private readonly bool HasRoomFor(int octets)
    {
        var end = _writer.Position + octets;
        var growth = BerWriter.ExtraLengthOctets(end - _listStart);
        growth += BerWriter.ExtraLengthOctets(end - _pduStart + growth);
        growth += ScopeGrowth(end + growth);
        growth += BerWriter.ExtraLengthOctets(end - _messageStart + growth);
        return _writer.HasRoomFor(octets + growth);
    }
}
