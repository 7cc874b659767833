using Connections.Native.SharedMemory;

namespace Connections.Native.Sync;

/// <summary>
/// A process in one word, so that it can be published in one step: the process id in the lower 22 bits, which is as far as Linux counts
/// (PID_MAX_LIMIT), and above it the start-time in clock ticks, which takes 1,394 years to outgrow 42 bits. 0 is nobody.
/// </summary>
internal static class PackedIdentity
{
    private const int IdBits = 22;
    private const ulong IdMask = (1UL << IdBits) - 1;

    /// <summary>This process.</summary>
    public static ulong Current { get; } = Pack(ProcessIdentity.Current);

    /// <summary>A process as a word.</summary>
    public static ulong Pack(ProcessIdentity process) => (process.StartTime << IdBits) | (uint)process.ProcessId;

    /// <summary>A word as a process of this pid namespace. Any word is some process, if only one that cannot be.</summary>
    public static ProcessIdentity Unpack(ulong identity) =>
        new((int)(identity & IdMask), identity >> IdBits, ProcessIdentity.Current.PidNamespace);

    /// <summary>
    /// Whether the process may still run. False is certain: that of an id which nobody has, or another process, or a zombie. A process that
    /// <c>/proc</c> hides from this user counts as running as long as its id is in use.
    /// </summary>
    public static bool IsAlive(ulong identity)
    {
        if (identity == Current)
        {
            return true;
        }

        var process = Unpack(identity);
        if (process.ProcessId == 0)
        {
            return false;
        }

        return ProcessStat.TryRead(process.ProcessId, out var stat)
            ? stat.StartTime == process.StartTime && !stat.HasEnded
            : Libc.Signal(process.ProcessId, 0) == 0 || Libc.LastError.NativeErrorCode != Libc.NoSuchProcess;
    }
}
