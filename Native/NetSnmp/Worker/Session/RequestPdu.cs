using Connections.NetSnmp.Worker.Binding;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp.Worker.Session;

/// <summary>Makes the library's PDU of a request message.</summary>
internal static unsafe class RequestPdu
{
    /// <summary>A PDU, which is the caller's until it is sent.</summary>
    /// <exception cref="InvalidDataException">The message is no request, or has a value that no request has.</exception>
    public static PduStructure* Make(NetSnmpLibrary library, in SnmpMessageHeader request)
    {
        var pdu = library.CreatePdu((int)request.PduType);
        try
        {
            if (request.PduType == PduType.GetBulk)
            {
                pdu->ErrorStatus = request.ErrorStatusOrNonRepeaters;
                pdu->ErrorIndex = request.ErrorIndexOrMaxRepetitions;
            }

            AddAll(library, pdu, request.VarBinds);
            return pdu;
        }
        catch
        {
            library.FreePdu(pdu);
            throw;
        }
    }

    private static void AddAll(NetSnmpLibrary library, PduStructure* pdu, ReadOnlySpan<byte> list)
    {
        var name = stackalloc nuint[Oid.MaxArcs];
        var reader = new VarBindReader(list);
        while (reader.TryRead(out var slice))
        {
            var length = ReadArcs(slice.Name, name);
            if (slice.TryToVarBind(out var varBind) != SnmpParseError.None || !TryAdd(library, pdu, name, length, varBind.Value))
            {
                throw new InvalidDataException($"A request cannot hold {slice.Type} for {varBind.Oid}.");
            }
        }

        if (reader.Error != SnmpParseError.None)
        {
            throw new InvalidDataException($"The varbinds of the request cannot be read: {reader.Error}.");
        }
    }

    private static bool TryAdd(NetSnmpLibrary library, PduStructure* pdu, nuint* name, nuint length, in SnmpValue value)
    {
        switch (value.Type)
        {
            case SnmpType.Integer32 or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                var number = (uint)value.Number;
                return Add(library, pdu, name, length, value.Type, &number, sizeof(uint));

            case SnmpType.Counter64:
                var large = new Counter64Structure(value.Number);
                return Add(library, pdu, name, length, value.Type, &large, (nuint)sizeof(Counter64Structure));

            case SnmpType.ObjectIdentifier:
                var arcs = stackalloc nuint[Oid.MaxArcs];
                var octets = ReadArcs(value.Octets, arcs) * (nuint)sizeof(nuint);
                return Add(library, pdu, name, length, value.Type, arcs, octets);

            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                fixed (byte* at = value.Octets)
                {
                    return Add(library, pdu, name, length, value.Type, at, (nuint)value.Octets.Length);
                }

            default:
                return Add(library, pdu, name, length, value.Type, null, 0);
        }
    }

    private static bool Add(NetSnmpLibrary library, PduStructure* pdu, nuint* name, nuint length, SnmpType type, void* value, nuint octets) =>
        library.AddVariable(pdu, name, length, (byte)type, value, octets) is not null;

    private static nuint ReadArcs(ReadOnlySpan<byte> octets, nuint* arcs)
    {
        nuint count = 0;
        var reader = new OidArcReader(octets, singleArc: false);
        while (count < Oid.MaxArcs && reader.TryRead(out var arc))
        {
            arcs[count++] = arc;
        }

        return count;
    }
}
