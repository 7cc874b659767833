using Connections.Native.Sync;

namespace Connections.Harness.Sharing;

/// <summary>Who has a lock that processes share, or waits for it.</summary>
/// <param name="Who">The process, as messages name it.</param>
/// <param name="ProcessId">The process on its machine; null if that is not known.</param>
/// <param name="Since">Since when, by the clock of this machine.</param>
internal sealed record LockUser(string Who, int? ProcessId, DateTimeOffset Since)
{
    /// <summary>The machine; null for this one.</summary>
    internal string? Host { get; init; }

    /// <summary>What the process runs.</summary>
    internal string? Command { get; init; }

    /// <summary>What the kernel calls the process.</summary>
    internal string? ProcessName { get; init; }

    /// <summary>False for an owner that has died; whoever wants the lock gets it.</summary>
    internal bool IsAlive { get; init; } = true;

    /// <summary>The session on the server; null for a lock of this machine.</summary>
    internal int? Session { get; init; }

    internal static LockUser Of(HybridLockUser user) => new(user.ToString(), user.Process.ProcessId, user.Since)
    {
        Command = user.Command,
        ProcessName = user.ProcessName,
        IsAlive = user.IsAlive,
    };
}
