using System.Buffers.Binary;

namespace Connections.Snmp.Protocol;

/// <summary>Reads the frame of SNMPv1 and SNMPv2c messages; <see cref="SecuredMessageReader"/> reads those of SNMPv3. Octets after the message are ignored.</summary>
internal static class SnmpMessageReader
{
    /// <summary>Reads all but the varbinds, which stay where they are.</summary>
    /// <param name="datagram">The octets as they arrived; the header refers to them.</param>
    /// <param name="header">What was read before an error, if there is one: the version at least where the version is the error.</param>
    public static SnmpParseError TryRead(ReadOnlySpan<byte> datagram, out SnmpMessageHeader header)
    {
        header = default;
        var outer = new BerReader(datagram);
        if (!outer.TryRead(BerTag.Sequence, out var content))
        {
            return outer.Error;
        }

        var message = new BerReader(content);
        if (!message.TryReadInt32(out var version))
        {
            return message.Error;
        }

        header.Version = (SnmpVersion)version;
        if (header.Version is not (SnmpVersion.V1 or SnmpVersion.V2c))
        {
            return SnmpParseError.UnsupportedVersion;
        }

        if (!message.TryRead(BerTag.OctetString, out var community) || !message.TryRead(out var pduTag, out var pdu) || !message.TryEnd())
        {
            return message.Error;
        }

        header.Community = community;
        return TryReadPdu((PduType)pduTag, pdu, ref header);
    }

    /// <summary>Reads a PDU of the header's version, all but its varbinds.</summary>
    public static SnmpParseError TryReadPdu(PduType type, ReadOnlySpan<byte> content, ref SnmpMessageHeader header)
    {
        header.PduType = type;
        return IsPduOf(header.Version, type) ? ReadPdu(content, ref header) : SnmpParseError.UnsupportedPdu;
    }

    private static bool IsPduOf(SnmpVersion version, PduType type) => version == SnmpVersion.V1
        ? type is >= PduType.Get and <= PduType.TrapV1
        : type is >= PduType.Get and <= PduType.Report and not PduType.TrapV1;

    private static SnmpParseError ReadPdu(ReadOnlySpan<byte> content, ref SnmpMessageHeader header)
    {
        var pdu = new BerReader(content);
        var error = header.PduType == PduType.TrapV1 ? ReadTrapV1Fields(ref pdu, ref header) : ReadFields(ref pdu, ref header);
        if (error != SnmpParseError.None)
        {
            return error;
        }

        if (!pdu.TryRead(BerTag.Sequence, out var varBinds) || !pdu.TryEnd())
        {
            return pdu.Error;
        }

        header.VarBinds = varBinds;
        return SnmpParseError.None;
    }

    private static SnmpParseError ReadFields(ref BerReader pdu, ref SnmpMessageHeader header)
    {
        if (pdu.TryReadInt32(out var requestId) && pdu.TryReadInt32(out var first) && pdu.TryReadInt32(out var second))
        {
            header.RequestId = requestId;
            header.ErrorStatusOrNonRepeaters = first;
            header.ErrorIndexOrMaxRepetitions = second;
        }

        return pdu.Error;
    }

    private static SnmpParseError ReadTrapV1Fields(ref BerReader pdu, ref SnmpMessageHeader header)
    {
        if (!pdu.TryRead(BerTag.ObjectIdentifier, out var enterprise)
            || !pdu.TryRead((byte)SnmpType.IpAddress, out var address)
            || !pdu.TryReadInt32(out var generic)
            || !pdu.TryReadInt32(out var specific)
            || !pdu.TryRead((byte)SnmpType.TimeTicks, out var timestamp))
        {
            return pdu.Error;
        }

        if (!Oid.TryFromEncoded(enterprise, out var oid))
        {
            return SnmpParseError.InvalidOid;
        }

        if (address.Length != sizeof(uint))
        {
            return SnmpParseError.InvalidValueLength;
        }

        if (!BerInteger.TryReadUInt32(timestamp, out var hundredths))
        {
            return SnmpParseError.InvalidInteger;
        }

        header.Trap = new TrapV1Fields(oid, BinaryPrimitives.ReadUInt32BigEndian(address), generic, specific, hundredths);
        return SnmpParseError.None;
    }
}
