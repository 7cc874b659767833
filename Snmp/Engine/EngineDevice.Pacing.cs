namespace Connections.Snmp.Engine;

// Whose turn it is at one device. Any thread may start a request; the I/O thread alone keeps those that wait.
internal sealed partial class EngineDevice
{
    private readonly Queue<(Operation Operation, int Incarnation)> _waiting = new();
    private int _waitingCount;
    private int _inFlight;
    private long _restsUntil = long.MinValue;
    private volatile bool _isSilent;
    private long _answeredAt = long.MinValue;

    /// <summary>Whether the I/O thread is to look whether a waiting request can start.</summary>
    internal bool IsListed { get; set; }

    internal bool HasWaiting => Volatile.Read(ref _waitingCount) != 0;

    internal int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the last request got no answer at all. Then one at a time is sent, until one does.</summary>
    internal bool IsSilent => _isSilent;

    /// <summary>When the next request may be sent at the earliest.</summary>
    internal long RestsUntil => Volatile.Read(ref _restsUntil);

    /// <summary>Counts one more request in flight, unless the device has its fill or rests. Any thread.</summary>
    internal bool TryEnter(SnmpTarget target, long now)
    {
        var limit = _isSilent ? 1 : target.Options.MaxInFlight;
        if (Interlocked.Increment(ref _inFlight) <= limit && TryPass(target, now))
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Whether the device has answered anything since. On the I/O thread.</summary>
    internal bool HasAnsweredSince(long time) => _answeredAt >= time;

    internal void NoteAnswer(long now)
    {
        _answeredAt = now;
        if (_isSilent)
        {
            _isSilent = false;
            if (_restsUntil > now)
            {
                Volatile.Write(ref _restsUntil, now);
            }
        }
    }

    /// <summary>Takes note that a request got no answer. On the I/O thread.</summary>
    internal void NoteSilence(Operation operation, long now)
    {
        if (!HasAnsweredSince(operation.StartedAt))
        {
            _isSilent = true;
            Volatile.Write(ref _restsUntil, Math.Max(_restsUntil, now + operation.Target.SilencePauseMilliseconds));
        }
    }

    internal void Enqueue(Operation operation)
    {
        _waiting.Enqueue((operation, operation.Incarnation));
        Volatile.Write(ref _waitingCount, _waiting.Count);
    }

    /// <summary>The request whose turn it is, past those that have ended meanwhile.</summary>
    /// <param name="skipped">How many of these left the queue.</param>
    internal Operation? Next(out int skipped)
    {
        skipped = 0;
        while (_waiting.TryPeek(out var first))
        {
            var (operation, incarnation) = first;
            if (operation.Waits(incarnation))
            {
                return operation;
            }

            Dequeue();
            skipped++;
        }

        return null;
    }

    /// <summary>All that wait, in order, with their incarnations; some may have ended.</summary>
    internal IEnumerable<(Operation Operation, int Incarnation)> Waiting => _waiting;

    internal void Dequeue()
    {
        _waiting.Dequeue();
        Volatile.Write(ref _waitingCount, _waiting.Count);
    }

    internal IEnumerable<Operation> AllWaiting() =>
        _waiting.Select(static entry => entry.Operation).Concat(AllUsers().SelectMany(static user => user.Peer.AllHeldBack()));

    private bool TryPass(SnmpTarget target, long now)
    {
        var until = Volatile.Read(ref _restsUntil);
        if (now < until)
        {
            return false;
        }

        return target.MinIntervalMilliseconds == 0
            || Interlocked.CompareExchange(ref _restsUntil, now + target.MinIntervalMilliseconds, until) == until;
    }
}
