namespace Connections.Locking.Deadlocks;

/// <summary>
/// Who waits for whom. From a wait an arrow leads to each wait that is made inside the frame it waits for: that frame is not left before
/// those have ended. A cycle of arrows never ends by itself.
/// </summary>
internal sealed class WaitGraph
{
    private readonly List<PendingWait> _waits;
    private readonly Dictionary<AmbientFrame, List<PendingWait>> _inside = new(ReferenceEqualityComparer.Instance);

    public WaitGraph(List<PendingWait> waits)
    {
        _waits = waits;
        foreach (var wait in waits)
        {
            AddToFramesAround(wait);
        }
    }

    /// <summary>
    /// The cycle whose breaking point is the youngest of all waits that stand in a cycle and may be broken; null if there is none. It
    /// begins with that wait.
    /// </summary>
    public IReadOnlyList<PendingWait>? FindCycle(Func<PendingWait, bool> mayBeBroken) => _waits
        .Where(mayBeBroken)
        .OrderBy(static wait => wait.Waiter.Waited)
        .Select(FindCycleThrough)
        .FirstOrDefault(static cycle => cycle is not null);

    /// <summary>A cycle that a wait stands in, beginning with it; null if there is none.</summary>
    public IReadOnlyList<PendingWait>? FindCycleThrough(PendingWait start)
    {
        var path = new List<PendingWait> { start };
        return TryReturn(path, new HashSet<AmbientFrame>(ReferenceEqualityComparer.Instance)) ? path : null;
    }

    private bool TryReturn(List<PendingWait> path, HashSet<AmbientFrame> seen)
    {
        var last = path[^1];
        if (!_inside.TryGetValue(last.Holder, out var blocked))
        {
            return false;
        }

        foreach (var wait in blocked)
        {
            if (ReferenceEquals(wait.Waiter, path[0].Waiter))
            {
                return true;
            }

            if (!seen.Add(wait.Waiter))
            {
                continue;
            }

            path.Add(wait);
            if (TryReturn(path, seen))
            {
                return true;
            }

            path.RemoveAt(path.Count - 1);
        }

        return false;
    }

    private void AddToFramesAround(PendingWait wait)
    {
        for (var frame = wait.Waiter.Outer; frame is not null; frame = frame.Outer)
        {
            if (frame.State != FrameState.Held)
            {
                // Let go of since the wait began: it stands in nobody's way.
                continue;
            }

            if (!_inside.TryGetValue(frame, out var waits))
            {
                _inside.Add(frame, waits = []);
            }

            waits.Add(wait);
        }
    }
}
