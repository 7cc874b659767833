using Connections.Locking;
using Connections.Native.Sync;

namespace Connections.Harness.Sharing;

/// <summary>A lock that processes share, of this machine or of a server, as it stands at a moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Where">The server that keeps it; null for this machine.</param>
/// <param name="Owner">Who has it; null if nobody does.</param>
/// <param name="Waiters">Who wait for it, the longest first.</param>
internal sealed record SharedLock(string Name, string? Where, LockUser? Owner, IReadOnlyList<LockUser> Waiters)
{
    /// <summary>What is to be said of it besides, such as that its last owner died; null for nothing.</summary>
    internal string? Remark { get; init; }

    /// <summary>Whether its last owner died with it, or lost it by hand, and nobody has taken it since.</summary>
    internal bool PreviousOwnerDied { get; init; }

    /// <summary>A lock of this machine.</summary>
    internal static SharedLock Of(HybridLockStatus status) => new(
        status.Name, Where: null, status.Owner is { } owner ? LockUser.Of(owner) : null, [.. status.Waiters.Select(LockUser.Of)])
    {
        Remark = status.Problem ?? (status is { Owner: null, PreviousOwnerDied: true } ? "nobody; its last owner died" : null),
        PreviousOwnerDied = status.PreviousOwnerDied,
    };

    /// <summary>Who has it, as the errors of those who wait tell it.</summary>
    internal LockHolder? HolderOf() => Owner is { } owner
        ? new LockHolder(owner.Who, owner.Who, owner.Since, DateTimeOffset.UtcNow - owner.Since, Waiters.Count)
        : null;
}
