using System.Net;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>A request as a responder received it, and the packets that answer it.</summary>
internal sealed record Request(
    IPEndPoint From, SnmpVersion Version, string Community, PduType Type, int Id, int MaxRepetitions, IReadOnlyList<VarBind> VarBinds)
{
    internal Oid Oid => VarBinds[0].Oid;

    internal static Request Read(ReadOnlySpan<byte> packet, IPEndPoint from)
    {
        Assert.That(SnmpMessageReader.TryRead(packet, out var header), Is.EqualTo(SnmpParseError.None));
        var varBinds = new List<VarBind>();
        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(SnmpParseError.None));
            varBinds.Add(varBind);
        }

        return new Request(
            from, header.Version, Encoding.UTF8.GetString(header.Community), header.PduType, header.RequestId,
            header.ErrorIndexOrMaxRepetitions, varBinds);
    }

    /// <summary>A response that gives every OID asked the number.</summary>
    internal byte[] Answer(int value) =>
        Response([.. VarBinds.Select(varBind => new VarBind(varBind.Oid, SnmpValue.Integer32(value)))]);

    internal byte[] Error(SnmpErrorStatus status, int index = 1) => Response([.. VarBinds], status, index);

    internal byte[] Response(
        VarBind[] varBinds, SnmpErrorStatus status = SnmpErrorStatus.NoError, int index = 0, int? id = null, string? community = null)
    {
        var buffer = new byte[65_507];
        var fits = SnmpMessageWriter.TryWrite(
            buffer, Version, Encoding.UTF8.GetBytes(community ?? Community), PduType.Response, id ?? Id, (int)status, index, varBinds,
            out var length, out _);
        Assert.That(fits, Is.True);
        return buffer[..length];
    }
}
