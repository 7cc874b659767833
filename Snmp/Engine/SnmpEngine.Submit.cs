using System.Diagnostics;

namespace Connections.Snmp.Engine;

// From a caller's thread to the network. The caller sends by itself, so that a lone request waits for no other thread. The I/O thread
// takes the operation into custody from a stack that it looks through before it looks at replies, and is woken only if it might
// sleep past the attempt's end.
public sealed partial class SnmpEngine
{
    private readonly OperationStack _submitted = new(OperationLink.Submitted);
    private readonly OperationStack _unsent = new(OperationLink.Unsent);
    private readonly OperationStack _cancelled = new(OperationLink.Cancelled);
    private readonly List<Operation> _own = [];

    // The I/O thread while it delivers to code that cannot lose it the loop.
    private Thread? _ownSender;

    private static long Now => Environment.TickCount64;

    internal void OnCancelRequested(Operation operation)
    {
        _cancelled.Push(operation);
        _poller?.Wake();
    }

    /// <summary>Sends what user code requested on threads that deliver results.</summary>
    internal void SendDeferred()
    {
        if (_unsent.IsEmpty)
        {
            return;
        }

        var batch = _sendBatches.Get();
        var sentAt = Stopwatch.GetTimestamp();
        EngineSocket? socket = null;
        var dueAt = long.MaxValue;
        for (var operation = _unsent.TakeAll(); operation is not null;)
        {
            var next = _unsent.Next(operation);
            if (batch.Count > 0 && (socket != operation.Socket || !batch.HasRoomFor(operation.PacketLength)))
            {
                socket!.Socket.Send(batch);
            }

            socket = operation.Socket;
            dueAt = Math.Min(dueAt, operation.DueAt);
            operation.SentAt = sentAt;

            // Copied before it is handed over: from then on a cancellation may end it and put it to another use.
            TraceSent(operation);
            batch.Add(operation.Packet, operation.Target.Address);
            _submitted.Push(operation);
            operation = next;
        }

        if (batch.Count > 0)
        {
            socket!.Socket.Send(batch);
        }

        _sendBatches.Return(batch);
        WakeFor(dueAt);
        if (_isStopped)
        {
            FailSubmitted();
        }
    }

    private ValueTask<TResult> Submit<TResult>(Operation<TResult> operation, CancellationToken cancellationToken)
    {
        var task = operation.Task;
        operation.Watch(cancellationToken);
        if (Volatile.Read(ref _lacksRoom) || operation.Target.Combines || operation.Device.HasWaiting || !TryStartHere(operation))
        {
            _submitted.Push(operation);
            _poller!.Wake();
        }
        else if (DeferredSending.Of(this) is { } deferral)
        {
            Defer(operation, deferral);
        }
        else
        {
            SendAlone(operation);
        }

        if (_isStopped)
        {
            FailSubmitted();
        }

        return task;
    }

    private void Defer(Operation operation, Deferral deferral)
    {
        if (Thread.CurrentThread == _ownSender && !_isStopped)
        {
            _own.Add(operation);
            return;
        }

        // From here on the operation may be sent, and end, and serve another.
        _unsent.Push(operation);
        if (deferral.IsOver)
        {
            SendDeferred();
        }
    }

    /// <summary>Sends what user code requested on the I/O thread itself, which takes it into custody at once.</summary>
    private void SendOwn(long now)
    {
        var sentAt = Stopwatch.GetTimestamp();
        foreach (var operation in _own)
        {
            Adopt(operation, now);
            if (operation.IsInCustody)
            {
                operation.SentAt = sentAt;
                TraceSent(operation);
                operation.Socket.Enqueue(operation);
            }
        }

        _own.Clear();
        FlushSockets();
    }

    // On a caller's thread.
    private bool TryStartHere(Operation operation) => operation.User is { } user
        ? TryStartWithPen(operation, user)
        : TryStart(operation, operation.StartedAt);

    // Nobody can give the operation another use meanwhile, since its caller has not got the task yet.
    private void SendAlone(Operation operation)
    {
        var dueAt = operation.DueAt;
        operation.SentAt = Stopwatch.GetTimestamp();
        TraceSent(operation);
        _submitted.Push(operation);
        operation.Socket.Socket.Send(operation.Packet, operation.Target.Address);
        WakeFor(dueAt);
    }

    /// <summary>Puts the operation among those in flight and stamps its first attempt; false when its device or the engine has its fill.</summary>
    /// <exception cref="SnmpException">A request of SNMPv3 does not fit a datagram.</exception>
    private bool TryStart(Operation operation, long now)
    {
        if (!operation.Device.TryEnter(operation.Target, now))
        {
            return false;
        }

        if (TryTakeRoom(operation, now))
        {
            return true;
        }

        operation.Device.Leave();
        return false;
    }

    private bool TryTakeRoom(Operation operation, long now)
    {
        var cost = operation.Cost;
        if (!operation.Socket.TryReserve(cost))
        {
            return false;
        }

        // The stamp comes first in time only: no reply can match before the packet is sent.
        if (!TableOf(operation.Target).TryAdd(operation))
        {
            operation.Socket.Release(cost);
            return false;
        }

        operation.Reserved = cost;
        try
        {
            operation.BeginAttempt(now);
            return true;
        }
        catch (SnmpException)
        {
            TableOf(operation.Target).Remove(operation);
            operation.Socket.Release(cost);
            operation.Device.Leave();
            throw;
        }
    }

    private RequestTable TableOf(SnmpTarget target) => target.UsesShortRequestIds ? _shortTable : _table;

    private Operation? FindInFlight(int requestId) => (RequestId.IsShort(requestId) ? _shortTable : _table).Find(requestId);

    private void WakeFor(long dueAt)
    {
        // The push before this read and the I/O thread's write before its last look at the stack make sure that one sees the other.
        Interlocked.MemoryBarrier();
        if (dueAt < Volatile.Read(ref _sleepsUntil))
        {
            _poller!.Wake();
        }
    }
}
