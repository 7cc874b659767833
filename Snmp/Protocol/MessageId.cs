namespace Connections.Snmp.Protocol;

/// <summary>Finds the number by which a message and its answer are matched: the request-id, in SNMPv3 the msgID.</summary>
internal static class MessageId
{
    internal static bool TryRead(ReadOnlySpan<byte> packet, out int id)
    {
        var error = SnmpMessageReader.TryRead(packet, out var header);
        id = header.RequestId;
        if (error == SnmpParseError.UnsupportedVersion)
        {
            error = SecuredMessageReader.TryRead(packet, out var message);
            id = message.MessageId;
        }

        return error == SnmpParseError.None;
    }
}
