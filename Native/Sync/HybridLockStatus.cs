namespace Connections.Native.Sync;

/// <summary>How a lock stands at a moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who has it; null if nobody does.</param>
/// <param name="Waiters">Which processes wait for it, the longest first; of each, the thread that has waited longest.</param>
/// <param name="PreviousOwnerDied">Whether its last owner died with it, or lost it by hand, and nobody has taken it since.</param>
public sealed record HybridLockStatus(string Name, HybridLockUser? Owner, IReadOnlyList<HybridLockUser> Waiters, bool PreviousOwnerDied)
{
    /// <summary>Why nothing is known of the lock but its name; null if its state could be read.</summary>
    public string? Problem { get; init; }
}
