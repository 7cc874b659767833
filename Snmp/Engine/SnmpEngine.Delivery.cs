using System.Diagnostics;

namespace Connections.Snmp.Engine;

// Results on their way to those who await them. User code goes on on the I/O thread itself while it proves quick, which saves two switches of threads; else on
// the thread pool. It may block all the same: a thread that it holds up loses the loop to another one.
public sealed partial class SnmpEngine
{
    // Delivery of a batch that takes longer than this may be blocked by user code.
    private const int DeliveryPatience = 4;

    // What user code may take that always goes on inline. Timing each continuation would cost as much as some of them do.
    private const double SlowDeliveryMilliseconds = 1;
    private const double UsualContinuationMilliseconds = 0.05;

    private readonly LoopKeeper _keeper;
    private readonly DeliveryPace _pace = new();
    private readonly Deferral _ownDeferral;
    private readonly List<Operation?> _completedInline = [];
    private readonly List<CompletionBatch> _completionBatches = [];
    private List<Operation?> _completed = [];

    /// <summary>Delivers what is there; false if the loop is another thread's by the end, since user code took its time.</summary>
    private bool TryDispatchCompleted(long now)
    {
        RelieveBatches(now);
        DeliverInline(_completedInline, now);
        if (_completed.Count == 0)
        {
            return true;
        }

        if (_options.InlineContinuations)
        {
            DeliverInline(_completed, now);
            return true;
        }

        if (_pace.IsQuick(now))
        {
            return TryDeliverHere(now);
        }

        Fill(now).Queue();
        return true;
    }

    /// <summary>Delivers what is there when the engine stops, not waiting for user code.</summary>
    private void DispatchLast(long now)
    {
        DeliverInline(_completedInline, now);
        if (_completed.Count > 0)
        {
            Fill(now).Queue();
        }
    }

    private void RelieveBatches(long now)
    {
        foreach (var batch in _completionBatches)
        {
            // Code that blocks here may have made requests that wait to be sent with its batch.
            if (batch.Relieve(now, DeliveryPatience))
            {
                SendDeferred();
            }
        }
    }

    private bool TryDeliverHere(long now)
    {
        var batch = Fill(now);
        var count = batch.Count;
        using var sending = batch.DeferSending();
        var entry = _keeper.Enter();
        var before = Stopwatch.GetTimestamp();
        batch.Deliver();
        var elapsed = Stopwatch.GetElapsedTime(before);
        if (!_keeper.TryLeave(entry))
        {
            return false;
        }

        _pace.Note(count, elapsed, Now);
        return true;
    }

    // On the keeper's thread, while the loop is nobody's.
    private void TakeLoopOver()
    {
        _pace.NoteHeldUp(Now);
        RunOnNewThread();
    }

    private CompletionBatch Fill(long now)
    {
        var batch = FreeBatch();
        _completed = batch.Fill(_completed, now);
        return batch;
    }

    private CompletionBatch FreeBatch()
    {
        foreach (var batch in _completionBatches)
        {
            if (batch.IsFree)
            {
                return batch;
            }
        }

        var created = new CompletionBatch(this);
        _completionBatches.Add(created);
        return created;
    }

    private void DeliverInline(List<Operation?> completed, long now)
    {
        if (completed.Count == 0)
        {
            return;
        }

        var before = Stopwatch.GetTimestamp();
        _ownSender = Thread.CurrentThread;
        using (new DeferredSending(_ownDeferral))
        {
            foreach (var operation in completed)
            {
                operation!.Deliver();
            }
        }

        _ownSender = null;
        var milliseconds = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        if (milliseconds > SlowDeliveryMilliseconds + (completed.Count * UsualContinuationMilliseconds))
        {
            EngineLog.SlowContinuations(_options.Logger, completed.Count, milliseconds);
        }

        completed.Clear();
        SendOwn(now);
    }
}
