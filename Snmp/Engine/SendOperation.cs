using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>One request and its response; where the agent cannot answer it whole, several requests and their responses put together.</summary>
internal sealed partial class SendOperation(SnmpEngine engine, ObjectPool<SendOperation> pool) : Operation<SnmpResponse>(engine)
{
    // What the kernel accounts for one small datagram on a common network card.
    private const int SmallReplyCost = 832;
    private const int LargestReplyCost = 65_536;
    private const int VarBindCost = 48;

    private SnmpRequest _request;

    protected override PduType RequestType => _request.Type;

    protected override long? DeadlineMilliseconds => _request.DeadlineMilliseconds is { } own
        ? Math.Min(own, Target.DeadlineMilliseconds ?? long.MaxValue)
        : Target.DeadlineMilliseconds;

    internal void Begin(SnmpTarget target, EngineSocket socket, in SnmpRequest request, long now)
    {
        Bind(target, socket);
        _request = request;
        _maxRepetitions = request.MaxRepetitions;
        Cost = CostOf(request.Type == PduType.GetBulk ? (long)request.Count * request.MaxRepetitions : request.Count);
        StartClock(now);
        Prepare(now);
    }

    /// <summary>What a reply takes of the receive buffer, by the number of its varbinds, and by twice its octets where they are limited.</summary>
    internal static int CostOf(long varBinds, int octets = LargestReplyCost) =>
        (int)Math.Min(SmallReplyCost + (varBinds - 1) * VarBindCost, Math.Clamp(octets * 2L, SmallReplyCost, LargestReplyCost));

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (_request.Sink is { } sink && _parts is null && reply.ErrorStatus == SnmpErrorStatus.NoError)
        {
            return Collect(sink, reply.VarBinds);
        }

        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        if (TryMendError(in reply))
        {
            return GoOn();
        }

        if (reply.ErrorStatus == SnmpErrorStatus.NoError && !HoldsWhatWasAsked(varBinds))
        {
            return ReplyOutcome.BesideTheQuestion;
        }

        if (_parts is not null && reply.ErrorStatus == SnmpErrorStatus.NoError)
        {
            return _parts.TryAdd(varBinds) ? GoOn() : ReplyOutcome.Unparsable;
        }

        var index = _parts?.IndexOf(reply.ErrorIndexOrMaxRepetitions) ?? reply.ErrorIndexOrMaxRepetitions;
        Complete(new SnmpResponse(Target, reply.ErrorStatus, index, _parts is null ? varBinds : [.. _request.Many]));
        return ReplyOutcome.Completed;
    }

    protected override bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var writer = BeginMessage(buffer, _request.Type, _request.NonRepeaters, _maxRepetitions);
        var fits = true;
        if (_request.IsSingleOid)
        {
            fits = writer.TryAdd(_request.SingleOid);
        }
        else if (_parts is not null)
        {
            foreach (var index in _parts.Asked)
            {
                fits = fits && writer.TryAdd(_request.Many[index].Oid);
            }
        }
        else
        {
            foreach (ref readonly var varBind in _request.Many)
            {
                fits = fits && writer.TryAdd(varBind.Oid, varBind.Value);
            }
        }

        return TryCompleteMessage(ref writer, buffer, out length, out requestIdOffset) && fits;
    }

    /// <summary>The request, for a trace.</summary>
    public override string ToString() => _request.ToString();

    protected override void ReturnToPool()
    {
        _request = default;
        _parts = null;
        _goesAlone = false;
        pool.Return(this);
    }
}
