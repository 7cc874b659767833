using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>
/// One burst of a walk. The next request is made from the reply on the I/O thread and sent at once; the caller hears of the burst as a
/// whole.
/// </summary>
internal sealed partial class CollectOperation(SnmpEngine engine, ObjectPool<CollectOperation> pool) : Operation<WalkResult>(engine)
{
    private WalkRequest _request = null!;
    private IPageSink? _sink;
    private VarBindBuffer _varBinds = null!;
    private WalkColumn[] _columns = [];
    private Oid _last;
    private long _rows;
    private long _rowsAtStart;
    private long _walkStartedAt;
    private int _replies;
    private bool _toleratesNonIncreasing;
    // Needed only while a page is read: one for each thread that reads them stays in its processor's cache.
    [ThreadStatic]
    private static WalkColumn[]? _before;

    private int _countBefore;
    private long _rowsBefore;
    private Oid _lastBefore;

    protected override PduType RequestType => _type;

    internal void Begin(SnmpTarget target, EngineSocket socket, WalkRequest request, long now)
    {
        Bind(target, socket);
        _request = request;
        _sink = request.Sink;
        _varBinds = new VarBindBuffer();
        _replies = 0;
        _toleratesNonIncreasing = request.ToleratesNonIncreasing || target.Options.Profile.ToleratesNonIncreasing;
        Resume(request, now);
        _rowsAtStart = _rows;
        _pageType = request.UsesBulk && target.Version != SnmpVersion.V1 && !target.Options.Profile.LacksGetBulk ? PduType.GetBulk : PduType.GetNext;
        Aim();
        StartClock(now);
        Prepare(now);
    }

    internal override void Fail(Exception error)
    {
        // What has arrived is not lost: the next burst meets the failure again, or finds it gone. A sink has it already, so that nothing need be tried twice for it. A caller
        // who cancelled wants nothing.
        if (_sink is null && _rows > _rowsAtStart && error is not (OperationCanceledException or ObjectDisposedException))
        {
            Complete(new WalkResult(_varBinds, Cursor()));
        }
        else
        {
            base.Fail(error);
        }
    }

    internal override bool ContinuesInline => _sink is { ContinuesInline: true };

    /// <summary>Every page is a request of its own, with the time that one has.</summary>
    protected override bool HasDeadlinePerReply => true;

    protected override bool TryWrite(Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var repetitions = _type == PduType.GetBulk ? _repetitions : 0;
        var writer = BeginMessage(buffer, _type, 0, repetitions);
        var fits = true;
        for (var i = 0; i < _askedCount; i++)
        {
            ref var column = ref _columns[_asked[i]];
            fits = fits && writer.TryAdd(_type == PduType.Get ? column.Instance : column.Last);
        }

        return TryCompleteMessage(ref writer, buffer, out length, out requestIdOffset) && fits;
    }

    /// <summary>The page that is asked for, for a trace.</summary>
    public override string ToString() =>
        $"{_type} {string.Join(", ", _asked.Take(_askedCount).Select(index => _type == PduType.Get ? _columns[index].Root : _columns[index].Last))}";

    protected override void ReturnToPool()
    {
        _request = null!;
        _sink = null;
        _varBinds = null!;
        _columns = [];
        _last = default;
        pool.Return(this);
    }

    /// <summary>Takes up the walk where the cursor left it. The cursor stays as it is, so that the burst may be repeated.</summary>
    private void Resume(WalkRequest request, long now)
    {
        var cursor = request.Cursor;
        _rows = cursor.Rows;
        _last = cursor.Last;
        if (cursor.State is { } state)
        {
            _columns = [.. state.Columns];
            _width = state.Width;
            _repetitionLimit = state.RepetitionLimit;
            _varBindOctets = state.VarBindOctets;
            _walkStartedAt = state.StartedAt;
            return;
        }

        _columns = new WalkColumn[request.Roots.Count];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = new WalkColumn(request.Roots[i], request.Range);
        }

        if (!cursor.IsAtStart)
        {
            _columns[0].Last = cursor.Last;
            _columns[0].Rows = cursor.Rows;
        }

        _width = _columns.Length;
        _repetitionLimit = int.MaxValue;
        _varBindOctets = 0;
        _walkStartedAt = now;
    }

    /// <summary>Keeps what a page changes, since a broken one is taken back: a later attempt's reply may be whole.</summary>
    private void Remember()
    {
        if (_before is null || _before.Length < _columns.Length)
        {
            _before = new WalkColumn[_columns.Length];
        }

        _columns.CopyTo(_before, 0);
        (_countBefore, _rowsBefore, _lastBefore) = (_varBinds.Count, _rows, _last);
        _lastRoot = -1;
    }

    private void TakeBack()
    {
        Array.Copy(_before!, _columns, _columns.Length);
        _varBinds.Truncate(_countBefore);
        (_rows, _last) = (_rowsBefore, _lastBefore);
    }

    private WalkCursor Cursor() => new(_last, _rows)
    {
        State = new WalkState(_columns, _width, _repetitionLimit, _varBindOctets, _walkStartedAt),
    };
}
