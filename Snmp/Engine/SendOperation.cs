using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>One request and its response.</summary>
internal sealed class SendOperation(SnmpEngine engine, ObjectPool<SendOperation> pool) : Operation<SnmpResponse>(engine)
{
    // What the kernel accounts for one small datagram on a common network card.
    private const int SmallReplyCost = 832;
    private const int LargestReplyCost = 65_536;
    private const int VarBindCost = 48;

    private SnmpRequest _request;

    protected override PduType RequestType => _request.Type;

    internal void Begin(SnmpTarget target, EngineSocket socket, in SnmpRequest request, long now)
    {
        Bind(target, socket);
        _request = request;
        Cost = CostOf(request.Type == PduType.GetBulk ? (long)request.Count * request.MaxRepetitions : request.Count);
        Prepare(now);
    }

    internal static int CostOf(long varBinds) => (int)Math.Min(SmallReplyCost + (varBinds - 1) * VarBindCost, LargestReplyCost);

    internal override ReplyOutcome OnReply(in SnmpMessageHeader reply)
    {
        if (!VarBindList.TryRead(reply.VarBinds, out var varBinds))
        {
            return ReplyOutcome.Unparsable;
        }

        Complete(new SnmpResponse(Target, reply.ErrorStatus, reply.ErrorIndexOrMaxRepetitions, varBinds));
        return ReplyOutcome.Completed;
    }

    protected override bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var writer = new SnmpMessageWriter(
            buffer, Target.Version, Target.Community, _request.Type, RequestId.Key(0), _request.NonRepeaters, _request.MaxRepetitions);
        var fits = true;
        if (_request.IsSingleOid)
        {
            fits = writer.TryAdd(_request.SingleOid);
        }
        else
        {
            foreach (ref readonly var varBind in _request.Many)
            {
                fits = fits && writer.TryAdd(varBind.Oid, varBind.Value);
            }
        }

        fits &= writer.TryComplete(out length);
        requestIdOffset = writer.RequestIdOffset;
        return fits;
    }

    protected override void ReturnToPool()
    {
        _request = default;
        pool.Return(this);
    }
}
