using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Memory that has no name: who is to share it gets its descriptor. With its last user it is gone, however that one ends. It is sealed
/// (memfd_create(2)): nobody can shorten it, which would kill those who read it.
/// </summary>
internal static unsafe partial class AnonymousMemory
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int GetSeals = 1034;
    private const int SealAgainstSeals = 1;
    private const int SealAgainstShrinking = 2;
    private const int SealAgainstGrowing = 4;
    private const int StatusWords = 32;
    private const ulong OrdinaryMemory = 0x01021994;

    /// <summary>Makes memory, all of it reserved and zero.</summary>
    /// <exception cref="SharedMemoryException">The system refuses, for example because memory is full.</exception>
    public static SafeFileHandle Create(int size)
    {
        var file = Make("connections", CloseOnExec | AllowSealing);
        var error = file.IsInvalid ? Libc.LastError.NativeErrorCode : Libc.Allocate(file, 0, size);
        if (error == 0 && Control(file, AddSeals, SealAgainstSeals | SealAgainstShrinking | SealAgainstGrowing) != 0)
        {
            error = Libc.LastError.NativeErrorCode;
        }

        if (error == 0)
        {
            return file;
        }

        file.Dispose();
        var reason = new System.ComponentModel.Win32Exception(error);
        throw new SharedMemoryException($"{size} bytes of shared memory cannot be reserved: {reason.Message}.", reason);
    }

    /// <summary>
    /// Whether a descriptor that somebody else has sent is memory of this size that stays so: not a file of a disk, nor one of huge pages, which
    /// can run out while they are used.
    /// </summary>
    public static bool IsSound(SafeFileHandle file, int size)
    {
        FileStatus status;
        var system = stackalloc ulong[StatusWords];
        return Libc.GetStatus(file, "", Libc.EmptyPath, Libc.BasicStatistics, &status) == 0
            && status.IsRegular
            && status.Size == (ulong)size
            && Control(file, GetSeals, 0) is >= 0 and var seals && (seals & SealAgainstShrinking) != 0
            && GetSystem(file, system) == 0
            && system[0] == OrdinaryMemory;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Make(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int GetSystem(SafeFileHandle file, ulong* status);
}
