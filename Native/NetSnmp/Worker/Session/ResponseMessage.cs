using System.Buffers.Binary;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp.Worker.Session;

/// <summary>Makes a message of the library's PDU: its values are written as an agent would have written them, so that they are read by the same code as an agent's.</summary>
internal static unsafe class ResponseMessage
{
    // What 65,507 octets of a datagram can grow to where an agent spared octets that the standard wants.
    private const int UsualRoom = 96 * 1024;
    private const int LargestRoom = 64 * 1024 * 1024;

    // Net-SNMP takes these out of an Opaque; the tag behind the extension tag is the type's (NETSNMP_ASN_OPAQUE_*).
    private const byte OpaqueCounter64 = 0x76;
    private const byte OpaqueFloat = OpaqueNumber.FloatTag;
    private const byte OpaqueDouble = OpaqueNumber.DoubleTag;
    private const byte OpaqueInteger64 = 0x7A;
    private const byte OpaqueUnsigned64 = 0x7B;

    /// <summary>A worker's answer: the outcome, then the message.</summary>
    /// <exception cref="InvalidDataException">The PDU has a name or a value that no message has.</exception>
    public static byte[] Make(WorkerOutcome outcome, SnmpVersion version, PduStructure* pdu)
    {
        for (var room = UsualRoom; room <= LargestRoom; room *= 4)
        {
            var frame = GC.AllocateUninitializedArray<byte>(room);
            frame[0] = (byte)outcome;
            if (TryWrite(frame.AsSpan(WorkerReply.HeaderLength), version, pdu, out var length))
            {
                return frame[..(WorkerReply.HeaderLength + length)];
            }
        }

        throw new InvalidDataException("The response is larger than any message.");
    }

    private static bool TryWrite(Span<byte> buffer, SnmpVersion version, PduStructure* pdu, out int length)
    {
        var type = (PduType)(byte)pdu->Command;
        var writer = new SnmpMessageWriter(buffer, version, [], type, RequestId, (int)pdu->ErrorStatus, (int)pdu->ErrorIndex);
        var fits = true;
        for (var variable = pdu->Variables; variable is not null && fits; variable = variable->Next)
        {
            fits = writer.TryAdd(NameOf(variable->Name, variable->NameLength), ValueOf(variable));
        }

        return writer.TryComplete(out length) && fits;
    }

    // The library has compared the request-ids; whoever reads the message knows what it answers.
    private const int RequestId = 0x00800000;

    private static Oid NameOf(nuint* arcs, nuint count)
    {
        var writer = new OidArcWriter(stackalloc byte[Oid.MaxEncodedLength]);
        for (nuint i = 0; i < count; i++)
        {
            if (arcs[i] > uint.MaxValue || writer.Add((uint)arcs[i]) != OidFault.None)
            {
                throw new InvalidDataException("The agent answered with a name that is no OID.");
            }
        }

        return writer.ToOid();
    }

    private static SnmpValue ValueOf(VariableStructure* variable)
    {
        var type = variable->Type;
        var octets = new ReadOnlySpan<byte>(variable->Value, checked((int)variable->ValueLength));
        return type switch
        {
            (byte)SnmpType.Integer32 => SnmpValue.Integer32((int)*(nint*)variable->Value),
            (byte)SnmpType.Counter32 => SnmpValue.Counter32((uint)*(nuint*)variable->Value),
            (byte)SnmpType.Gauge32 => SnmpValue.Gauge32((uint)*(nuint*)variable->Value),
            (byte)SnmpType.TimeTicks => SnmpValue.TimeTicks((uint)*(nuint*)variable->Value),
            (byte)SnmpType.Counter64 => SnmpValue.Counter64(((Counter64Structure*)variable->Value)->Number),
            (byte)SnmpType.ObjectIdentifier =>
                SnmpValue.ObjectIdentifier(NameOf((nuint*)variable->Value, variable->ValueLength / (nuint)sizeof(nuint))),
            OpaqueFloat => SnmpValue.OpaqueFloat(*(float*)variable->Value),
            OpaqueDouble => SnmpValue.OpaqueDouble(*(double*)variable->Value),
            OpaqueCounter64 or OpaqueUnsigned64 => Wrapped(type, unchecked((long)((Counter64Structure*)variable->Value)->Number), isSigned: false),
            OpaqueInteger64 => Wrapped(type, unchecked((long)((Counter64Structure*)variable->Value)->Number), isSigned: true),
            _ when SnmpValue.TryDecode((SnmpType)type, octets, out var value) == SnmpParseError.None => value,
            _ => throw new InvalidDataException($"The agent answered with a value of type 0x{type:X2}, which is none of SNMP's."),
        };
    }

    // An integer of 64 bits in an Opaque, in the fewest octets.
    private static SnmpValue Wrapped(byte type, long number, bool isSigned)
    {
        Span<byte> content = stackalloc byte[sizeof(long) + 1];
        content[0] = isSigned && number < 0 ? (byte)0xFF : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(content[1..], number);
        while (content.Length > 1 && ((content[0] == 0 && content[1] < 0x80) || (isSigned && content[0] == 0xFF && content[1] >= 0x80)))
        {
            content = content[1..];
        }

        return SnmpValue.Opaque([OpaqueNumber.ExtensionTag, type, (byte)content.Length, .. content]);
    }
}
