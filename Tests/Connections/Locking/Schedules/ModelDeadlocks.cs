namespace Connections.Tests.Locking.Schedules;

/// <summary>Which waits of a moment wait for themselves: whoever they wait for has, inside what he holds, a wait that leads back to them.</summary>
internal static class ModelDeadlocks
{
    /// <summary>Those of the waits that stand in a cycle of their own.</summary>
    public static List<ModelFrame> Among(IReadOnlyList<ModelFrame> waits) => [.. waits.Where(wait => LeadsToItself(wait, waits))];

    private static bool LeadsToItself(ModelFrame start, IReadOnlyList<ModelFrame> waits)
    {
        var reached = new HashSet<ModelFrame>();
        var next = new Stack<ModelFrame>([start]);
        while (next.TryPop(out var wait))
        {
            var obstacle = wait.Lock.ObstacleOf(wait);
            foreach (var inside in waits.Where(inside => inside.IsInside(obstacle)).Where(reached.Add))
            {
                next.Push(inside);
            }
        }

        return reached.Contains(start);
    }
}
