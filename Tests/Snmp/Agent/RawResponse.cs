using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>A response as it came.</summary>
internal sealed record RawResponse(
    IPEndPoint From, int Length, int RequestId, SnmpErrorStatus Status, int Index, IReadOnlyList<VarBind> VarBinds)
{
    public SnmpValue Value => VarBinds.Single().Value;

    public IEnumerable<string> Names => VarBinds.Select(varBind => varBind.Oid.ToString());

    public static RawResponse Parse(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        Assert.That(SnmpMessageReader.TryRead(datagram, out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.PduType, Is.EqualTo(PduType.Response));
        var varBinds = new List<VarBind>();
        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(SnmpParseError.None));
            varBinds.Add(varBind);
        }

        Assert.That(reader.Error, Is.EqualTo(SnmpParseError.None));
        return new RawResponse(from, datagram.Length, header.RequestId, header.ErrorStatus, header.ErrorIndexOrMaxRepetitions, varBinds);
    }
}
