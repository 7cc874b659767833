using System.Globalization;

namespace Connections.Native.Sync;

/// <summary>A process that has a lock or waits for it.</summary>
/// <param name="Process">The process.</param>
/// <param name="ProcessName">What the kernel calls it (<c>/proc/PID/comm</c>, 15 characters at most); null if it is gone.</param>
/// <param name="Since">Since when it has the lock, or waits, to some milliseconds.</param>
/// <param name="IsAlive">False for an owner that has died; whoever wants the lock gets it.</param>
public sealed record HybridLockUser(ProcessIdentity Process, string? ProcessName, DateTimeOffset Since, bool IsAlive)
{
    /// <summary>What it runs: its program, and a sub-command such as <c>exec</c>; null if it is gone, or hidden from this user.</summary>
    public string? Command { get; init; }

    /// <summary>The process as messages name it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"process {Process.ProcessId} ({(IsAlive ? Command ?? ProcessName ?? "hidden" : "dead")})");
}
