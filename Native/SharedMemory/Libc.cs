using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>The calls of the C library for files that are mapped into memory. Linux alone; one ABI for x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int ReadWrite = 0x2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int CurrentDirectory = -100;
    public const int FollowLink = 0x400;
    public const int EmptyPath = 0x1000;
    public const int DoNotFollowLink = 0x100;

    public const int LockExclusively = 2;
    public const int Unlock = 8;

    public const int ProtectReadWrite = 0x3;
    public const int MapShared = 0x1;

    public const uint BasicStatistics = 0x7FF;

    public const int OnlineProcessors = 84;

    public const int NoSuchProcess = 3;
    public const int NoSuchEntry = 2;
    public const int Interrupted = 4;
    public const int EntryExists = 17;

    // O_TMPFILE contains O_DIRECTORY, and O_NOFOLLOW differs too: these two have numbers of their own on arm64.
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int DoNotFollow => IsArm ? 0x8000 : 0x20000;

    public static int Temporary => 0x400000 | (IsArm ? 0x4000 : 0x10000);

    /// <summary>What the last call that failed says of it.</summary>
    public static Win32Exception LastError => new(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeFileHandle file, uint mode);

    // It returns the error, and does not set it.
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle file, nint offset, nint length);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(int fromDirectory, string from, int toDirectory, string to, int flags);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetStatus(int directory, string path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetStatus(SafeFileHandle file, string path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    public static partial nint GetConfiguration(int name);
}
