using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// A GET that waits may travel in one request with others of its kind.
internal sealed partial class SendOperation
{
    // What a varbind takes in a request beside its OID.
    private const int VarBindFrame = 8;

    private bool _goesAlone;

    /// <summary>Whether it may be combined with others: it only reads, and what was combined once and refused is not combined again.</summary>
    internal bool CanCombine =>
        !_goesAlone && _request.Type == PduType.Get && _request.Sink is null && _request.Count < Target.Options.MaxCombined && _parts is null;

    internal int AskedCount => _request.Count;

    /// <summary>What it takes in a request, about.</summary>
    internal int AskedOctets => AskedOids().Sum(static oid => oid.EncodedLength + VarBindFrame);

    /// <summary>Whether both ask the same device in the same name and in the same way.</summary>
    internal bool IsAskedLike(SendOperation other) =>
        ReferenceEquals(User, other.User) && ReferenceEquals(Socket, other.Socket)
        && (ReferenceEquals(Target, other.Target)
            || (Target.Options == other.Target.Options && Target.AttemptTimeouts.AsSpan().SequenceEqual(other.Target.AttemptTimeouts)));

    internal Oid[] AskedOids() => _request.IsSingleOid ? [_request.SingleOid] : [.. _request.Many.ToArray().Select(static varBind => varBind.Oid)];

    /// <summary>Keeps what came for it in the answer to a combined request.</summary>
    internal void Answer(VarBind[] varBinds) => Complete(new SnmpResponse(Target, SnmpErrorStatus.NoError, 0, varBinds));

    internal void GoAlone() => _goesAlone = true;
}
