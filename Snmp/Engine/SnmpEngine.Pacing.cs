namespace Connections.Snmp.Engine;

// Requests that cannot start at once: their device has its fill, or rests, or there is no room in flight for anybody. Devices take turns,
// so that one with many requests does not hold up the others.
public sealed partial class SnmpEngine
{
    private readonly Queue<EngineDevice> _listed = new();
    private readonly PriorityQueue<EngineDevice, long> _resting = new();
    private int _waitingCount;
    private bool _lacksRoom;
    private bool _hasWarnedOfBuffer;

    private void Postpone(Operation operation)
    {
        operation.Device.Enqueue(operation);
        Volatile.Write(ref _waitingCount, _waitingCount + 1);
        List(operation.Device);
    }

    private void List(EngineDevice device)
    {
        if (!device.IsListed)
        {
            device.IsListed = true;
            _listed.Enqueue(device);
        }
    }

    private void StartWaiting(long now)
    {
        while (_resting.TryPeek(out var rested, out var until) && until <= now)
        {
            _resting.Dequeue();
            List(rested);
        }

        var lacksRoom = false;
        for (var rest = _listed.Count; rest > 0 && !lacksRoom && _listed.TryDequeue(out var device);)
        {
            device.IsListed = false;
            switch (StartNext(device, now))
            {
                case StartOutcome.Started:
                    // Behind the others, and looked at again in this round.
                    List(device);
                    rest = Math.Max(rest, _listed.Count);
                    break;

                case StartOutcome.NoRoom:
                    lacksRoom = true;
                    List(device);
                    break;

                case StartOutcome.Resting:
                    _resting.Enqueue(device, device.RestsUntil);
                    rest--;
                    break;

                default:
                    rest--;
                    break;
            }
        }

        Volatile.Write(ref _lacksRoom, lacksRoom);
    }

    private enum StartOutcome
    {
        /// <summary>Or looked after otherwise; the device may have more.</summary>
        Started,
        NoRoom,
        Resting,

        /// <summary>Nothing waits, or what waits is met again when a request of the device ends.</summary>
        Settled,
    }

    private StartOutcome StartNext(EngineDevice device, long now)
    {
        var operation = device.Next(out var skipped);
        Volatile.Write(ref _waitingCount, _waitingCount - skipped);
        if (operation is null)
        {
            return StartOutcome.Settled;
        }

        if (operation.User is { MaySend: false })
        {
            Remove();
            HoldBack(operation);
            return StartOutcome.Started;
        }

        if (!device.TryEnter(operation.Target, now))
        {
            return device.RestsUntil > now ? StartOutcome.Resting : StartOutcome.Settled;
        }

        var combined = TryCombine(operation, now);
        var started = combined ?? operation;
        try
        {
            if (!TryTakeRoom(started, now))
            {
                device.Leave();
                WarnOfBuffer(operation.Socket);
                return StartOutcome.NoRoom;
            }
        }
        catch (SnmpException) when (combined is not null)
        {
            // One of them may be what does not fit.
            ((SendOperation)operation).GoAlone();
            return StartOutcome.Started;
        }
        catch (SnmpException error)
        {
            Remove();
            Finish(operation, error);
            return StartOutcome.Started;
        }

        Remove(combined?.Taken ?? 1);
        if (combined is not null)
        {
            Embark(combined);
        }

        _wheel.Set(started);
        Send(started);
        return StartOutcome.Started;

        void Remove(int count = 1)
        {
            for (var i = 0; i < count; i++)
            {
                device.Dequeue();
            }

            Volatile.Write(ref _waitingCount, _waitingCount - count);
        }
    }

    /// <summary>
    /// Stops reserving room for the reply of a device that is probably dead: its silence must not hold back those that answer.
    /// </summary>
    private static void GiveUpRoom(Operation operation)
    {
        if (operation.Reserved > 0 && !operation.Device.HasAnsweredSince(operation.StartedAt))
        {
            operation.Socket.ReleaseRoom(operation.Reserved);
            operation.Reserved = 0;
        }
    }

    /// <summary>Ends the present request's stay in flight.</summary>
    private void Leave(Operation operation)
    {
        if (operation.Attempt == 0)
        {
            return;
        }

        TableOf(operation.Target).Remove(operation);
        operation.Socket.Release(operation.Reserved);
        operation.Device.Leave();
        if (operation.IsDiscovering)
        {
            EndDiscovery(operation);
        }

        if (operation.Device.HasWaiting)
        {
            List(operation.Device);
        }
    }

    private void WarnOfBuffer(EngineSocket socket)
    {
        if (socket.IsLimitedByBuffer && !_hasWarnedOfBuffer)
        {
            _hasWarnedOfBuffer = true;
            EngineLog.BufferLimits(_options.Logger, socket.Socket.ReceiveBufferSize, socket.InFlight);
        }
    }
}
