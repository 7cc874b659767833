using System.Diagnostics;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// The I/O thread: rounds of waiting, receiving, looking after timers, sending, and handing results to the thread pool.
public sealed partial class SnmpEngine
{
    // For how long the thread wakes up by itself after the last request: within that time a caller need not wake it.
    private const int IdlePatience = 250;

    // Delivery of a batch that takes longer than this may be blocked by user code.
    private const int DeliveryPatience = 4;

    private const double SlowContinuationMilliseconds = 1;

    private readonly TimerWheel _wheel = new(Now);
    private readonly Queue<(Operation Operation, int Incarnation)> _waiting = new();
    private List<Operation?> _completed = [];
    private readonly List<CompletionBatch> _completionBatches = [];
    private readonly EngineCounters _counters = new();
    private int _waitingCount;
    private long _sleepsUntil = long.MaxValue;
    private long _lastBusyAt;
    private bool _polledV4;
    private bool _polledV6;

    private void RunRound(ReceiveBatch received)
    {
        PollNewSockets();
        Wait();
        var now = Now;
        Receive(_v4, received, now);
        Receive(_v6, received, now);
        AdoptSubmitted(now);
        CancelRequested();
        FireTimers(now);
        StartWaiting(now);
        _v4?.Flush();
        _v6?.Flush();
        DispatchCompleted(now);
    }

    private void PollNewSockets()
    {
        if (!_polledV4 && _v4 is { } v4)
        {
            _poller!.Add(v4.Socket);
            _polledV4 = true;
        }

        if (!_polledV6 && _v6 is { } v6)
        {
            _poller!.Add(v6.Socket);
            _polledV6 = true;
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
        if (!_submitted.IsEmpty || !_cancelled.IsEmpty)
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
            operation.IsInCustody = true;
            _counters.Requests++;
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
            operation = next;
        }
    }

    private void Postpone(Operation operation)
    {
        if (operation.Socket.IsLimitedByBuffer && !_hasWarnedOfBuffer)
        {
            _hasWarnedOfBuffer = true;
            EngineLog.BufferLimits(_options.Logger, operation.Socket.Socket.ReceiveBufferSize, operation.Socket.InFlight);
        }

        _waiting.Enqueue((operation, operation.Incarnation));
        Volatile.Write(ref _waitingCount, _waiting.Count);
    }

    private void StartWaiting(long now)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        while (_waiting.TryPeek(out var first))
        {
            var (operation, incarnation) = first;
            if (operation.IsInCustody && operation.Incarnation == incarnation && operation.Attempt == 0)
            {
                if (!TryStart(operation, now))
                {
                    break;
                }

                _wheel.Set(operation);
                Send(operation);
            }

            _waiting.Dequeue();
        }

        Volatile.Write(ref _waitingCount, _waiting.Count);
    }

    private void Send(Operation operation)
    {
        _counters.BytesSent += operation.PacketLength;
        operation.Socket.Enqueue(operation);
    }

    /// <summary>Ends the operation: with the failure given, or with the result that it has.</summary>
    private void Finish(Operation operation, Exception? failure = null)
    {
        if (failure is not null)
        {
            operation.Fail(failure);
        }

        _wheel.Remove(operation);
        if (operation.Attempt > 0)
        {
            _table.Remove(operation);
            operation.Socket.Release(operation.Cost);
        }

        operation.IsInCustody = false;
        _completed.Add(operation);
    }

    private void DispatchCompleted(long now)
    {
        foreach (var batch in _completionBatches)
        {
            // Code that blocks here may have made requests that wait to be sent with its batch.
            if (batch.Relieve(now, DeliveryPatience))
            {
                SendDeferred();
            }
        }

        if (_completed.Count == 0)
        {
            return;
        }

        if (_options.InlineContinuations)
        {
            DeliverInline();
        }
        else
        {
            _completed = FreeBatch().Start(_completed, now);
        }
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

    private void DeliverInline()
    {
        using var deferred = DeferSending();
        var before = Stopwatch.GetTimestamp();
        foreach (var operation in _completed)
        {
            operation!.Deliver();
            var after = Stopwatch.GetTimestamp();
            var milliseconds = Stopwatch.GetElapsedTime(before, after).TotalMilliseconds;
            if (milliseconds > SlowContinuationMilliseconds)
            {
                EngineLog.SlowContinuation(_options.Logger, milliseconds);
            }

            before = after;
        }

        _completed.Clear();
    }
}
