namespace Connections.Locking.Deadlocks;

/// <summary>Deadlocks in words.</summary>
internal static class DeadlockText
{
    /// <summary>What to do about any of them.</summary>
    public const string Advice = "Enter locks and lease workers in the same order everywhere";

    /// <summary>Who holds what since when, and who waits for what; null for no deadlock.</summary>
    public static string? Of(IReadOnlyList<PendingWait>? deadlock) => deadlock is null
        ? null
        : $"{string.Join("; inside that, ", deadlock.Select(static wait => wait.Describe()))}; and so round in a circle.";

    /// <summary>The same for a wait whose time is over.</summary>
    public static string? OfTimeout(string? deadlock) => deadlock is null ? null : $"It could not have come: {deadlock} {Advice}.";
}
