using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

/// <summary>
/// Several GETs of one device on their way in one request. Each stays its caller's own: it may be cancelled or reach its deadline by itself, and what it asked
/// comes to it alone. Where the merged request is refused or lost, each is sent again by itself. The I/O thread alone uses it.
/// </summary>
internal sealed class CombinedOperation : Operation
{
    private readonly Member[] _members;
    private readonly Oid[] _asked;
    private VarBind[]? _answers;

    /// <param name="engine">The engine.</param>
    /// <param name="operations">The GETs, at least two, which were asked of the same device in the same way.</param>
    /// <param name="taken">How many entries of the device's queue they and the ended ones between them are.</param>
    /// <param name="now">The time.</param>
    internal CombinedOperation(SnmpEngine engine, IReadOnlyList<SendOperation> operations, int taken, long now)
        : base(engine)
    {
        var first = operations[0];
        Bind(first.Target, first.Socket);
        Taken = taken;
        _members = [.. operations.Select(static operation => new Member(operation, operation.Incarnation, operation.AskedCount))];

        // Kept, since a member that has ended serves another caller, and the request may have to be written anew.
        _asked = [.. operations.SelectMany(static operation => operation.AskedOids())];
        Cost = SendOperation.CostOf(_asked.Length);
        IsInCustody = true;
        StartClock(now);
        Prepare(now);
    }

    internal int Taken { get; }

    internal int MemberCount => _members.Length;

    protected override PduType RequestType => PduType.Get;

    // Each member has its own.
    protected override long? DeadlineMilliseconds => null;

    /// <summary>The members that nobody has ended meanwhile, each with its part of the answer; with none where there is no answer.</summary>
    internal IEnumerable<(SendOperation Operation, VarBind[]? Answer)> Living()
    {
        var start = 0;
        foreach (var member in _members)
        {
            if (member.Operation.IsInCustody && member.Operation.Incarnation == member.Incarnation)
            {
                yield return (member.Operation, _answers?[start..(start + member.Count)]);
            }

            start += member.Count;
        }
    }

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        if (reply.ErrorStatus != SnmpErrorStatus.NoError)
        {
            return ReplyOutcome.Completed;
        }

        if (!varBinds.Select(static varBind => varBind.Oid).SequenceEqual(_asked))
        {
            return ReplyOutcome.BesideTheQuestion;
        }

        _answers = varBinds;
        return ReplyOutcome.Completed;
    }

    /// <summary>Nothing is kept: what becomes of the members is up to the engine.</summary>
    internal override void Fail(Exception error) => _answers = null;

    /// <summary>Nobody waits for it but its members.</summary>
    internal override void Deliver()
    {
    }

    /// <summary>The request, for a trace.</summary>
    public override string ToString() => $"{PduType.Get} {string.Join(", ", _asked)}";

    protected override bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var writer = BeginMessage(buffer, PduType.Get);
        var fits = true;
        foreach (ref readonly var oid in _asked.AsSpan())
        {
            fits = fits && writer.TryAdd(oid);
        }

        return TryCompleteMessage(ref writer, buffer, out length, out requestIdOffset) && fits;
    }

    private readonly record struct Member(SendOperation Operation, int Incarnation, int Count);
}
