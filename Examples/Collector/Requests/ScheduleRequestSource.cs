using System.Globalization;
using System.Runtime.CompilerServices;
using Connections.Snmp.Collection;

namespace Connections.Collector.Requests;

/// <summary>
/// Requests of a schedule. An entry's turns begin spread over its first interval, and each comes a little late by chance, so that devices are not all asked at once. A device is never
/// asked while it is being asked: a turn that comes meanwhile waits for the end, and turns that would pile up behind it are one.
/// </summary>
internal sealed class ScheduleRequestSource : IRequestSource
{
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Turn, DateTimeOffset> _turns = new();
    private readonly HashSet<string> _busy = [];
    private readonly Dictionary<string, Queue<Turn>> _held = [];
    private readonly Queue<Turn> _freed = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Makes a source.</summary>
    /// <param name="entries">What is to be done, and how often.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="random">What chance comes from.</param>
    internal ScheduleRequestSource(IEnumerable<ScheduleEntry> entries, TimeProvider time, Random random)
    {
        _time = time;
        _random = random;
        var now = time.GetUtcNow();
        foreach (var entry in entries)
        {
            var start = now + random.NextDouble() * entry.Every;
            _turns.Enqueue(new Turn(entry, start), start);
        }
    }

    public async IAsyncEnumerable<RequestTicket> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (TryTake(out var wait) is { } ticket)
            {
                yield return ticket;
            }
            else
            {
                await WaitAsync(changed, wait, stop);
            }
        }
    }

    /// <summary>How many turns wait for their device.</summary>
    public ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<long?>(_freed.Count + _held.Values.Sum(static turns => turns.Count));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Ticket? TryTake(out TimeSpan wait)
    {
        lock (_gate)
        {
            if (_freed.TryDequeue(out var freed))
            {
                wait = TimeSpan.Zero;
                return Start(freed);
            }

            var now = _time.GetUtcNow();
            while (_turns.TryPeek(out var turn, out var due) && due <= now)
            {
                _turns.Dequeue();
                if (_busy.Add(turn.Entry.Request.Target))
                {
                    wait = TimeSpan.Zero;
                    return Start(turn);
                }

                Hold(turn);
            }

            wait = _turns.TryPeek(out _, out var next) ? next - now : Timeout.InfiniteTimeSpan;
            return null;
        }
    }

    // An entry has one turn at a time, which comes again once it was taken: so none piles up.
    private void Hold(Turn turn)
    {
        var target = turn.Entry.Request.Target;
        if (!_held.TryGetValue(target, out var turns))
        {
            _held.Add(target, turns = new Queue<Turn>());
        }

        turns.Enqueue(turn);
    }

    private Ticket Start(Turn turn)
    {
        var entry = turn.Entry;
        var due = turn.Planned;
        var passed = Math.Floor((_time.GetUtcNow() - due) / entry.Every);
        var planned = due + (1 + Math.Max(0, passed)) * entry.Every;
        _turns.Enqueue(new Turn(entry, planned), planned + _random.NextDouble() * entry.Jitter * entry.Every);
        var id = string.Create(CultureInfo.InvariantCulture, $"{entry.Name}/{due.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}");
        return new Ticket(this, entry.Request with { Id = id });
    }

    private void End(string target)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(target, out var turns) && turns.TryDequeue(out var next))
            {
                // The device stays busy: it is the next turn's.
                _freed.Enqueue(next);
            }
            else
            {
                _held.Remove(target);
                _busy.Remove(target);
            }
        }

        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    private async Task WaitAsync(Task changed, TimeSpan wait, CancellationToken stop)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A delay is cut to whole milliseconds, and one that ended too early would be none the next time.
        var whole = wait < TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        await Task.WhenAny(changed, Task.Delay(whole, _time, done.Token));
        await done.CancelAsync();
    }

    private sealed record Turn(ScheduleEntry Entry, DateTimeOffset Planned);

    private sealed class Ticket(ScheduleRequestSource source, CollectRequest request) : RequestTicket(request)
    {
        internal override ValueTask AcknowledgeAsync() => EndAsync();

        /// <summary>The next turn comes by itself.</summary>
        internal override ValueTask ReleaseAsync() => EndAsync();

        private ValueTask EndAsync()
        {
            source.End(Request.Target);
            return ValueTask.CompletedTask;
        }
    }
}
