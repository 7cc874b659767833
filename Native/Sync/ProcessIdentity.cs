using System.Globalization;

namespace Connections.Native.Sync;

/// <summary>
/// Names one process of this machine for good: a process id alone does not, since the kernel gives it to another process later.
/// Linux only; it reads <c>/proc</c> (proc(5)).
/// </summary>
/// <param name="ProcessId">The process id, as <paramref name="PidNamespace"/> counts.</param>
/// <param name="StartTime">When the process started, in clock ticks since the machine booted (field 22 of <c>/proc/PID/stat</c>).</param>
/// <param name="PidNamespace">The inode of the pid namespace (pid_namespaces(7)) in which <paramref name="ProcessId"/> is a number.</param>
/// <remarks>
/// Immutable and thread-safe. A process that <c>/proc</c> hides from this user (its mount option <c>hidepid</c>) cannot be told from one
/// that has ended.
/// </remarks>
public readonly record struct ProcessIdentity(int ProcessId, ulong StartTime, ulong PidNamespace)
{
    private static readonly Lazy<ProcessIdentity> Own = new(ReadOwn);

    /// <summary>This process.</summary>
    /// <exception cref="PlatformNotSupportedException">
    /// The system is not Linux, or <c>/proc</c> is missing or shows another pid namespace than this process lives in.
    /// </exception>
    public static ProcessIdentity Current => Own.Value;

    /// <summary>Finds the process that has an id now, in the pid namespace of this process.</summary>
    /// <param name="processId">The process id; a negative one or zero names no process.</param>
    /// <param name="identity">The process, if there is one.</param>
    /// <returns>False if there is no such process, or if it has ended and only waits for its parent to notice (a zombie).</returns>
    /// <exception cref="PlatformNotSupportedException">As <see cref="Current"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">There may be such a process, but this user may not look.</exception>
    public static bool TryGet(int processId, out ProcessIdentity identity)
    {
        var pidNamespace = Current.PidNamespace;
        if (!ProcessStat.TryRead(processId, out var stat) || stat.HasEnded)
        {
            identity = default;
            return false;
        }

        identity = new ProcessIdentity(processId, stat.StartTime, pidNamespace);
        return true;
    }

    /// <summary>
    /// Whether this very process still runs: not ended, not a zombie, and not another process that has got its id. The answer is of a
    /// moment that has passed when it arrives; only "no" lasts.
    /// </summary>
    /// <exception cref="InvalidOperationException">The identity is of another pid namespace, whose ids mean nothing here.</exception>
    /// <exception cref="PlatformNotSupportedException">As <see cref="Current"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">There may be such a process, but this user may not look.</exception>
    public bool IsAlive()
    {
        if (PidNamespace != Current.PidNamespace)
        {
            throw new InvalidOperationException(
                $"Process {ProcessId} is counted in pid namespace {PidNamespace}, and this process lives in {Current.PidNamespace}: "
                + "whether it is alive cannot be seen from here. Let both run in the same container, or share its pid namespace.");
        }

        return TryGet(ProcessId, out var now) && now == this;
    }

    /// <summary>What this process runs, as others are told: its program, and a sub-command.</summary>
    public static string OwnCommand { get; } = ProcessCommand.Read(Environment.ProcessId) ?? "hidden";

    private static ProcessIdentity ReadOwn()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The identity of a process is read from /proc, which only Linux has.");
        }

        if (!ProcessStat.TryRead(Environment.ProcessId, out var stat) || stat.ProcessId != Environment.ProcessId
            || !TryReadOwnNamespace(out var pidNamespace))
        {
            throw new PlatformNotSupportedException(
                $"/proc does not show this process, {Environment.ProcessId}: mount the proc file system of this pid namespace there.");
        }

        return new ProcessIdentity(stat.ProcessId, stat.StartTime, pidNamespace);
    }

    // The link reads `pid:[4026531836]`.
    private static bool TryReadOwnNamespace(out ulong inode)
    {
        ReadOnlySpan<char> target = new FileInfo("/proc/self/ns/pid").LinkTarget;
        inode = 0;
        return target.StartsWith("pid:[") && target.EndsWith("]")
            && ulong.TryParse(target[5..^1], NumberStyles.None, CultureInfo.InvariantCulture, out inode);
    }
}
