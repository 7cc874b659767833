using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>An answer of SNMPv3, and what the session of its user makes of it.</summary>
internal sealed record UserAnswer(UsmOutcome Outcome, int Length)
{
    public int MessageId { get; init; }

    public int RequestId { get; init; }

    /// <summary>The clock that the message tells.</summary>
    public (int Boots, int Time) Time { get; init; }

    public SecuredFlags Flags { get; init; }

    public SnmpErrorStatus Status { get; init; }

    public int Index { get; init; }

    public IReadOnlyList<VarBind> VarBinds { get; init; } = [];

    public SnmpValue Value => VarBinds.Single().Value;

    public static UserAnswer Parse(UsmSession session, ReadOnlySpan<byte> datagram)
    {
        Assert.That(SecuredMessageReader.TryRead(datagram, out var message), Is.EqualTo(SnmpParseError.None));
        var outcome = session.Process(message, new byte[datagram.Length], out var scoped);
        return new UserAnswer(outcome, datagram.Length)
        {
            MessageId = message.MessageId,
            RequestId = scoped.Header.RequestId,
            Time = (message.Boots, message.Time),
            Flags = message.Flags,
            Status = scoped.Header.ErrorStatus,
            Index = scoped.Header.ErrorIndexOrMaxRepetitions,
            VarBinds = ReadVarBinds(scoped.Header),
        };
    }

    private static List<VarBind> ReadVarBinds(in SnmpMessageHeader header)
    {
        var varBinds = new List<VarBind>();
        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            Assert.That(slice.TryToVarBind(out var varBind), Is.EqualTo(SnmpParseError.None));
            varBinds.Add(varBind);
        }

        return varBinds;
    }
}
