using System.Runtime.InteropServices;

namespace Connections.Native.Sync;

/// <summary>
/// A full fence for every thread of every process of this machine that has registered for it (membarrier(2)). Where one side of a protocol
/// passes rarely and the other one often, the rare one pays for both: the other one needs no fence of its own.
/// </summary>
internal static partial class MachineBarrier
{
    private const int GlobalExpedited = 2;
    private const int RegisterGlobalExpedited = 4;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 283 : 324;

    /// <summary>Whether there is such a fence here; asked for, it has this process registered.</summary>
    public static bool IsAvailable { get; } = Call(Number, RegisterGlobalExpedited, 0, 0) == 0 && Call(Number, GlobalExpedited, 0, 0) == 0;

    /// <summary>Issues the fence; a full one for this thread alone where it is not available.</summary>
    public static void Issue()
    {
        if (!IsAvailable || Call(Number, GlobalExpedited, 0, 0) != 0)
        {
            Interlocked.MemoryBarrier();
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint command, nint flags, nint processor);
}
