using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The calls of the C library that waiting for an answer takes.</summary>
internal static unsafe partial class Libc
{
    internal const short Readable = 0x1;
    internal const int Interrupted = 4;

    // EFD_CLOEXEC | EFD_NONBLOCK.
    private const int EventFlags = 0x80000 | 0x800;

    /// <summary>A descriptor that is readable once <see cref="Signal"/> was called.</summary>
    internal static int CreateEvent() => Check(EventDescriptor(0, EventFlags));

    internal static void Signal(int descriptor)
    {
        ulong one = 1;
        _ = Write(descriptor, &one, sizeof(ulong));
    }

    internal static void Clear(int descriptor)
    {
        ulong count;
        _ = Read(descriptor, &count, sizeof(ulong));
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "malloc_usable_size")]
    internal static partial nuint UsableSize(void* memory);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, void* octets, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, void* octets, nuint count);

    private static int Check(int result) => result >= 0 ? result : throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError());
}
