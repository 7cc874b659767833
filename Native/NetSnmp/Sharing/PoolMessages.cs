using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp.Sharing;

/// <summary>Requests and responses as they travel between processes: messages of SNMP, as an agent gets and sends them.</summary>
internal static class PoolMessages
{
    private const int UsualRoom = 96 * 1024;
    private const int LargestRoom = 64 * 1024 * 1024;

    // Whoever reads the message knows what it answers.
    private const int RequestId = 0x00800000;

    /// <summary>Reads a request.</summary>
    /// <exception cref="SnmpParseException">It is none.</exception>
    public static SnmpRequest ReadRequest(ReadOnlySpan<byte> message, out SnmpVersion version)
    {
        var error = SnmpMessageReader.TryRead(message, out var header);
        if (error != SnmpParseError.None)
        {
            throw new SnmpParseException($"A process sends a request that cannot be read: {error}.");
        }

        version = header.Version;
        var varBinds = ReadVarBinds(header.VarBinds);
        return header.PduType switch
        {
            PduType.Get => SnmpRequest.Get(NamesOf(varBinds)),
            PduType.GetNext => SnmpRequest.GetNext(NamesOf(varBinds)),
            PduType.GetBulk => SnmpRequest.GetBulk(
                Math.Max(0, header.ErrorStatusOrNonRepeaters), Math.Max(0, header.ErrorIndexOrMaxRepetitions), NamesOf(varBinds)),
            PduType.Set => SnmpRequest.Set(varBinds),
            var other => throw new SnmpParseException($"A process sends a PDU of type {other}, which is no request."),
        };
    }

    /// <summary>Writes a response as a worker's reply.</summary>
    /// <exception cref="SnmpException">It is larger than any message.</exception>
    public static byte[] WriteReply(SnmpVersion version, in SnmpResponse response)
    {
        for (var room = UsualRoom; room <= LargestRoom; room *= 4)
        {
            var frame = GC.AllocateUninitializedArray<byte>(room);
            frame[0] = (byte)WorkerOutcome.Answered;
            var message = frame.AsSpan(WorkerReply.HeaderLength);
            var writer = new SnmpMessageWriter(message, version, [], PduType.Response, RequestId, (int)response.ErrorStatus, response.ErrorIndex);
            var fits = true;
            foreach (var varBind in response.VarBinds)
            {
                fits = fits && writer.TryAdd(varBind.Oid, varBind.Value);
            }

            if (writer.TryComplete(out var length) && fits)
            {
                return frame[..(WorkerReply.HeaderLength + length)];
            }
        }

        throw new SnmpException("The response is larger than any message.");
    }

    private static List<VarBind> ReadVarBinds(ReadOnlySpan<byte> list)
    {
        var varBinds = new List<VarBind>();
        var reader = new VarBindReader(list);
        while (reader.TryRead(out var slice))
        {
            var error = slice.TryToVarBind(out var varBind);
            varBinds.Add(error == SnmpParseError.None ? varBind : throw Unreadable(error));
        }

        return reader.Error == SnmpParseError.None && varBinds.Count > 0 ? varBinds : throw Unreadable(reader.Error);
    }

    private static SnmpParseException Unreadable(SnmpParseError error) => new($"The varbinds that a process sends cannot be read: {error}.");

    private static Oid[] NamesOf(List<VarBind> varBinds) => [.. varBinds.Select(static varBind => varBind.Oid)];
}
