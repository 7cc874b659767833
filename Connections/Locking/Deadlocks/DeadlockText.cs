namespace Connections.Locking.Deadlocks;

/// <summary>Cycles in words.</summary>
internal static class DeadlockText
{
    /// <summary>Who holds what since when, and who waits for what; null for no cycle.</summary>
    public static string? Of(IReadOnlyList<PendingWait>? cycle) =>
        cycle is null ? null : $"{string.Join("; inside that, ", cycle.Select(static wait => wait.Describe()))}; and so round in a circle.";
}
