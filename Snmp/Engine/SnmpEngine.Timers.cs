namespace Connections.Snmp.Engine;

// What ends or repeats an attempt without an answer: time, and the caller.
public sealed partial class SnmpEngine
{
    private bool _hasWarnedOfBuffer;

    private void FireTimers(long now)
    {
        while (_wheel.TakeDue(now) is { } operation)
        {
            if (operation.Attempt > 0 && operation.Attempt < operation.AttemptLimit && now < operation.DeadlineAt)
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
        operation.BeginAttempt(now);
        _wheel.Set(operation);
        _counters.Retransmissions++;
        Send(operation);
    }

    private void TimeOut(Operation operation, long now)
    {
        _counters.Timeouts++;
        var elapsed = TimeSpan.FromMilliseconds(now - operation.StartedAt);
        var hint = operation.Hint.Describe(operation.Target);
        Finish(operation, new SnmpTimeoutException(operation.Target, operation.Attempt, elapsed, hint));
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
