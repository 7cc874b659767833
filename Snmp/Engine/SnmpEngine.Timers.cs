namespace Connections.Snmp.Engine;

// What ends or repeats an attempt without an answer: time, and the caller.
public sealed partial class SnmpEngine
{
    private void FireTimers(long now)
    {
        while (_wheel.TakeDue(now) is { } operation)
        {
            if (operation.MayBeSentAgain && now < operation.DeadlineAt)
            {
                Retransmit(operation, now);
            }
            else
            {
                TimeOut(operation, now);
            }
        }
    }

    private void Retransmit(Operation operation, long now)
    {
        if (operation is CombinedOperation)
        {
            // It may have been too large, or what is asked for together too slow.
            Finish(operation);
            return;
        }

        GiveUpRoom(operation);
        operation.IsLost = false;
        if (operation.User is not null)
        {
            RetransmitSecured(operation, now);
            return;
        }

        Shrink(operation);
        operation.BeginAttempt(now);
        SendRetransmission(operation);
    }

    private void Shrink(Operation operation)
    {
        if (operation.Socket.Streams is not null || !operation.TryShrink(out var isNewQuestion))
        {
            return;
        }

        if (isNewQuestion)
        {
            TableOf(operation.Target).Rename(operation);
        }

        operation.Rewrite();
    }

    private void SendRetransmission(Operation operation)
    {
        _wheel.Set(operation);
        _counters.Retransmissions++;
        operation.Device.Figures.Retransmissions++;
        Send(operation);
    }

    private void TimeOut(Operation operation, long now)
    {
        if (operation.Attempt == 0 && operation.IsPaced && now < operation.DeadlineAt)
        {
            // Its turn comes: the device answers, and is not to be asked faster.
            operation.DueAt = Math.Min(now + operation.Target.AllAttemptsTimeout, operation.DeadlineAt);
            _wheel.Set(operation);
            return;
        }

        _counters.Timeouts++;
        operation.Device.Figures.Timeouts++;
        var elapsed = TimeSpan.FromMilliseconds(now - operation.StartedAt);
        var hint = operation.Hint.Describe(operation.Target, operation.User);
        if (operation.Attempt > 0)
        {
            operation.Device.NoteSilence(operation, now);
            DropSilentStream(operation);
        }

        Finish(operation, new SnmpTimeoutException(operation.Target, operation.Carrier?.Attempt ?? operation.Attempt, elapsed, hint));
    }

    private void CancelRequested()
    {
        for (var operation = _cancelled.TakeAll(); operation is not null;)
        {
            var next = _cancelled.Next(operation);
            operation.LeaveCancelledStack();

            // One that is not here yet is looked at when it comes.
            if (operation.IsInCustody && operation.IsCancelRequested)
            {
                Finish(operation, new OperationCanceledException(operation.CancellationToken));
            }

            operation = next;
        }
    }
}
