using System.Diagnostics;

namespace Connections.Snmp.Engine;

// The I/O thread: rounds of waiting, receiving, looking after timers, sending, and handing results to the thread pool.
public sealed partial class SnmpEngine
{
    // For how long the thread wakes up by itself after the last request: within that time a caller need not wake it.
    private const int IdlePatience = 250;

    private readonly TimerWheel _wheel = new(Now);
    private readonly EngineCounters _counters = new();
    private long _sleepsUntil = long.MaxValue;
    private long _lastBusyAt;
    private int _polled;

    /// <summary>Runs one round; false if the loop is another thread's by its end.</summary>
    private bool TryRunRound()
    {
        PollNewSockets();
        Wait();
        var now = Now;
        foreach (var socket in _sockets)
        {
            Receive(socket, _received!, now);
        }

        AdoptSubmitted(now);
        CancelRequested();
        AdoptKeys();
        FireTimers(now);
        StartWaiting(now);
        FlushSockets();
        return TryDispatchCompleted(now);
    }

    private void FlushSockets()
    {
        foreach (var socket in _sockets)
        {
            socket.Flush();
        }
    }

    private void PollNewSockets()
    {
        for (var sockets = _sockets; _polled < sockets.Length; _polled++)
        {
            if (sockets[_polled].Streams is null)
            {
                _poller!.Add(sockets[_polled].Socket);
            }
        }
    }

    private void Wait()
    {
        var now = Now;
        AdoptSubmitted(now);
        var timeout = MillisecondsToSleep(now);
        Volatile.Write(ref _sleepsUntil, timeout < 0 ? long.MaxValue : now + timeout);

        // See WakeFor.
        Interlocked.MemoryBarrier();
        if (!_submitted.IsEmpty || !_cancelled.IsEmpty || _completed.Count > 0 || _completedInline.Count > 0)
        {
            timeout = 0;
        }

        _poller!.Wait(timeout);
        Volatile.Write(ref _sleepsUntil, long.MinValue);
    }

    private int MillisecondsToSleep(long now)
    {
        var timeout = _wheel.MillisecondsToNext(now);
        if (timeout >= 0)
        {
            _lastBusyAt = now;
        }
        else if (now - _lastBusyAt < IdlePatience)
        {
            timeout = IdlePatience;
        }

        if (_resting.TryPeek(out _, out var until))
        {
            var rest = (int)Math.Clamp(until - now, 0, int.MaxValue);
            timeout = timeout < 0 ? rest : Math.Min(timeout, rest);
        }

        foreach (var batch in _completionBatches)
        {
            if (!batch.IsFree)
            {
                return timeout < 0 ? DeliveryPatience : Math.Min(timeout, DeliveryPatience);
            }
        }

        return timeout;
    }

    /// <summary>Takes submitted operations into custody. Comes before looking at replies, so that no reply is met whose operation is not there.</summary>
    private void AdoptSubmitted(long now)
    {
        for (var operation = _submitted.TakeAll(); operation is not null;)
        {
            var next = _submitted.Next(operation);
            Adopt(operation, now);
            operation = next;
        }
    }

    private void Adopt(Operation operation, long now)
    {
        operation.IsInCustody = true;
        _counters.Requests++;
        operation.Device.Figures.Requests++;
        if (operation.Attempt > 0)
        {
            _counters.BytesSent += operation.PacketLength;
        }
        else
        {
            Postpone(operation);
        }

        _wheel.Set(operation);
        if (operation.IsCancelRequested)
        {
            Finish(operation, new OperationCanceledException(operation.CancellationToken));
        }

        _lastBusyAt = now;
    }

    private void Send(Operation operation)
    {
        _counters.BytesSent += operation.PacketLength;
        if (operation.IsDiscovering)
        {
            _counters.Discoveries++;
            operation.User!.Peer.IsDiscovering = true;
        }

        operation.SentAt = Stopwatch.GetTimestamp();
        TraceArrived();
        TraceSent(operation);
        operation.Socket.Enqueue(operation);
    }

    /// <summary>Ends the operation: with the failure given, or with the result that it has.</summary>
    private void Finish(Operation operation, Exception? failure = null)
    {
        if (failure is not null)
        {
            operation.Fail(failure);
        }

        Leave(operation);
        operation.IsInCustody = false;
        if (operation is CombinedOperation combined)
        {
            Disembark(combined, failure, Now);
            return;
        }

        (operation.ContinuesInline ? _completedInline : _completed).Add(operation);
    }
}
