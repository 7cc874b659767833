namespace Connections.Locking.Deadlocks;

/// <summary>
/// Those waits of a moment that cannot end by themselves. A frame is not left before the waits made inside it have ended; a wait cannot
/// end while that holds for all its holders. From such a wait arrows lead to the waits inside its holders.
/// </summary>
/// <remarks>
/// The set is found by elimination: a wait is dropped while one of its holders has no wait left inside. What remains holds itself up.
/// </remarks>
internal sealed class WaitGraph
{
    private readonly List<PendingWait> _waits = [];
    private readonly HashSet<PendingWait> _ending = [];
    private readonly Dictionary<PendingWait, AmbientFrame[]> _around = [];
    private readonly Dictionary<AmbientFrame, List<PendingWait>> _inside = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<AmbientFrame, List<PendingWait>> _waitingFor = new(ReferenceEqualityComparer.Instance);

    public WaitGraph(IEnumerable<PendingWait> waits)
    {
        foreach (var wait in waits)
        {
            _waits.Add(wait);
            _around.Add(wait, [.. HeldAround(wait)]);
            foreach (var frame in _around[wait])
            {
                Add(_inside, frame, wait);
            }

            foreach (var holder in wait.Holders)
            {
                Add(_waitingFor, holder, wait);
            }
        }

        DropThoseThatEnd();
    }

    /// <summary>
    /// The deadlock whose breaking point is the youngest of all waits that stand in one and may be broken; null if there is none. It
    /// begins with that wait.
    /// </summary>
    public IReadOnlyList<PendingWait>? FindDeadlock(Func<PendingWait, bool> mayBeBroken) => _waits
        .Where(mayBeBroken)
        .OrderBy(static wait => wait.Wait.Waited)
        .Select(FindDeadlockThrough)
        .FirstOrDefault(static deadlock => deadlock is not null);

    /// <summary>
    /// A deadlock that a wait stands in, beginning with it: for locks a cycle; where a pool is part of it, for each of its holders why that
    /// one goes nowhere. Null if the wait stands in none, or only behind one.
    /// </summary>
    public IReadOnlyList<PendingWait>? FindDeadlockThrough(PendingWait start)
    {
        var distances = DistancesTo(start);
        if (!start.Holders.SelectMany(WaitsInside).Any(distances.ContainsKey))
        {
            return null;
        }

        var deadlock = new List<PendingWait> { start };
        for (var i = 0; i < deadlock.Count; i++)
        {
            foreach (var holder in deadlock[i].Holders)
            {
                // The nearest to the start, so that the chain of reasons closes where it began.
                var reason = WaitsInside(holder).MinBy(wait => distances.GetValueOrDefault(wait, int.MaxValue))!;
                if (!deadlock.Contains(reason))
                {
                    deadlock.Add(reason);
                }
            }
        }

        return deadlock;
    }

    private void DropThoseThatEnd()
    {
        var dropped = new Queue<PendingWait>(_waits.Where(wait => wait.Holders.Any(holder => !WaitsInside(holder).Any())));
        while (dropped.TryDequeue(out var wait))
        {
            if (!_ending.Add(wait))
            {
                continue;
            }

            foreach (var released in _around[wait].Where(frame => !WaitsInside(frame).Any()))
            {
                _waitingFor.GetValueOrDefault(released, []).ForEach(dropped.Enqueue);
            }
        }

        _waits.RemoveAll(_ending.Contains);
    }

    private Dictionary<PendingWait, int> DistancesTo(PendingWait start)
    {
        var distances = new Dictionary<PendingWait, int>();
        if (_ending.Contains(start))
        {
            return distances;
        }

        var reached = new Queue<PendingWait>([start]);
        distances[start] = 0;
        while (reached.TryDequeue(out var wait))
        {
            var before = _around[wait].SelectMany(frame => _waitingFor.GetValueOrDefault(frame, []));
            foreach (var waiting in before.Where(waiting => !_ending.Contains(waiting) && distances.TryAdd(waiting, distances[wait] + 1)))
            {
                reached.Enqueue(waiting);
            }
        }

        return distances;
    }

    private IEnumerable<PendingWait> WaitsInside(AmbientFrame frame) =>
        _inside.GetValueOrDefault(frame, []).Where(wait => !_ending.Contains(wait));

    // One that was let go of since the wait began stands in nobody's way.
    private static IEnumerable<AmbientFrame> HeldAround(PendingWait wait)
    {
        for (var frame = wait.Wait.Frame.Outer; frame is not null; frame = frame.Outer)
        {
            if (frame.State == FrameState.Held)
            {
                yield return frame;
            }
        }
    }

    private static void Add(Dictionary<AmbientFrame, List<PendingWait>> index, AmbientFrame frame, PendingWait wait)
    {
        if (!index.TryGetValue(frame, out var waits))
        {
            index.Add(frame, waits = []);
        }

        waits.Add(wait);
    }
}
