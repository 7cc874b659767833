using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Protocol;

/// <summary>Reads messages of SNMPv3. Octets after the message, and after its scoped PDU where padding may stand, are ignored.</summary>
internal static class SecuredMessageReader
{
    /// <summary>Reads all but the scoped PDU, which stays where it is, encrypted or not.</summary>
    /// <param name="datagram">The octets as they arrived; the message refers to them.</param>
    /// <param name="message">What was read before an error, if there is one.</param>
    public static SnmpParseError TryRead(ReadOnlySpan<byte> datagram, out SecuredMessage message)
    {
        message = default;
        var outer = new BerReader(datagram);
        if (!outer.TryRead(BerTag.Sequence, out var content))
        {
            return outer.Error;
        }

        datagram.Overlaps(content, out var start);
        message.Whole = datagram[..(start + content.Length)];
        var fields = new BerReader(content);
        if (!fields.TryReadInt32(out var version))
        {
            return fields.Error;
        }

        if (version != (int)SnmpVersion.V3)
        {
            return SnmpParseError.UnsupportedVersion;
        }

        if (!fields.TryRead(BerTag.Sequence, out var header) || !fields.TryRead(BerTag.OctetString, out var security))
        {
            return fields.Error;
        }

        var error = ReadHeader(header, ref message);
        if (error == SnmpParseError.None && message.SecurityModel == SecuredMessage.Usm)
        {
            error = ReadSecurity(security, ref message);
        }

        return error == SnmpParseError.None ? ReadData(content, fields, ref message) : error;
    }

    /// <summary>Reads a scoped PDU.</summary>
    /// <param name="octets">The scoped PDU as a whole, and what padding follows it.</param>
    /// <param name="scoped">What was read before an error, if there is one.</param>
    public static SnmpParseError TryReadScopedPdu(ReadOnlySpan<byte> octets, out ScopedPdu scoped)
    {
        scoped = default;
        scoped.Header.Version = SnmpVersion.V3;
        var outer = new BerReader(octets);
        if (!outer.TryRead(BerTag.Sequence, out var content))
        {
            return outer.Error;
        }

        var fields = new BerReader(content);
        if (!fields.TryRead(BerTag.OctetString, out var engineId) || !fields.TryRead(BerTag.OctetString, out var name)
            || !fields.TryRead(out var tag, out var pdu) || !fields.TryEnd())
        {
            return fields.Error;
        }

        scoped.ContextEngineId = engineId;
        scoped.ContextName = name;
        return SnmpMessageReader.TryReadPdu((PduType)tag, pdu, ref scoped.Header);
    }

    private static SnmpParseError ReadHeader(ReadOnlySpan<byte> content, ref SecuredMessage message)
    {
        var fields = new BerReader(content);
        if (!fields.TryReadInt32(out var messageId) || !fields.TryReadInt32(out var maxSize)
            || !fields.TryRead(BerTag.OctetString, out var flags) || !fields.TryReadInt32(out var model) || !fields.TryEnd())
        {
            return fields.Error;
        }

        if (flags.IsEmpty)
        {
            return SnmpParseError.InvalidValueLength;
        }

        message.MessageId = messageId;
        message.MaxSize = maxSize;
        message.Flags = (SecuredFlags)flags[0];
        message.SecurityModel = model;
        return SnmpParseError.None;
    }

    private static SnmpParseError ReadSecurity(ReadOnlySpan<byte> content, ref SecuredMessage message)
    {
        var outer = new BerReader(content);
        if (!outer.TryRead(BerTag.Sequence, out var parameters) || !outer.TryEnd())
        {
            return outer.Error;
        }

        var fields = new BerReader(parameters);
        if (!fields.TryRead(BerTag.OctetString, out var engineId) || !fields.TryReadInt32(out var boots) || !fields.TryReadInt32(out var time)
            || !fields.TryRead(BerTag.OctetString, out var user) || !fields.TryRead(BerTag.OctetString, out var mac)
            || !fields.TryRead(BerTag.OctetString, out var salt) || !fields.TryEnd())
        {
            return fields.Error;
        }

        if (engineId.Length > SnmpEngineId.MaxLength)
        {
            return SnmpParseError.InvalidValueLength;
        }

        if (boots < 0 || time < 0)
        {
            return SnmpParseError.InvalidInteger;
        }

        message.Whole.Overlaps(mac, out var macOffset);
        message.EngineId = engineId;
        message.Boots = boots;
        message.Time = time;
        message.UserName = user;
        message.Mac = mac;
        message.MacOffset = macOffset;
        message.Salt = salt;
        return SnmpParseError.None;
    }

    private static SnmpParseError ReadData(ReadOnlySpan<byte> content, BerReader fields, ref SecuredMessage message)
    {
        var start = content.Length - fields.Remaining;
        var isRead = message.IsEncrypted ? fields.TryRead(BerTag.OctetString, out var data) : fields.TryRead(BerTag.Sequence, out data);
        if (!isRead || !fields.TryEnd())
        {
            return fields.Error;
        }

        message.Data = message.IsEncrypted ? data : content[start..];
        return SnmpParseError.None;
    }
}
