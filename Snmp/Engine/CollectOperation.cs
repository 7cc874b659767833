using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>
/// One burst of a walk. The next request is made from the reply on the I/O thread and sent at once; the caller hears of the burst as a
/// whole.
/// </summary>
internal sealed partial class CollectOperation(SnmpEngine engine, ObjectPool<CollectOperation> pool) : Operation<CollectResult>(engine)
{
    private CollectRequest _request = null!;
    private List<VarBind> _varBinds = null!;
    private Oid _last;
    private long _rows;
    private int _replies;
    private int _maxRepetitions;

    protected override PduType RequestType => _type;

    internal void Begin(SnmpTarget target, EngineSocket socket, CollectRequest request, long now)
    {
        Bind(target, socket);
        _request = request;
        _varBinds = [];
        _rows = request.Cursor.Rows;
        _last = request.Cursor.IsAtStart ? request.Root : request.Cursor.Last;
        _replies = 0;
        _type = request.UsesBulk && target.Version != SnmpVersion.V1 ? PduType.GetBulk : PduType.GetNext;
        _maxRepetitions = request.MaxRepetitions ?? target.Options.MaxRepetitions;
        Cost = SendOperation.CostOf(_type == PduType.GetBulk ? Repetitions : 1);
        Prepare(now);
    }

    private int Repetitions => (int)Math.Min(_maxRepetitions, _request.MaxRows - _rows);

    internal override void Fail(Exception error)
    {
        // What has arrived is not lost: the next burst meets the failure again, or finds it gone. A caller who cancelled wants nothing.
        if (_varBinds.Count > 0 && error is not (OperationCanceledException or ObjectDisposedException))
        {
            Complete(new CollectResult(_varBinds, new CollectCursor(_last, _rows)));
        }
        else
        {
            base.Fail(error);
        }
    }

    protected override bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var repetitions = _type == PduType.GetBulk ? Repetitions : 0;
        var writer = new SnmpMessageWriter(buffer, Target.Version, Target.Community, _type, RequestId.Key(0), 0, repetitions);
        var fits = writer.TryAdd(_last);
        fits &= writer.TryComplete(out length);
        requestIdOffset = writer.RequestIdOffset;
        return fits;
    }

    protected override void ReturnToPool()
    {
        _request = null!;
        _varBinds = null!;
        _last = default;
        pool.Return(this);
    }
}
