using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>A file in the memory of this process, for as long as anybody refers to it.</summary>
internal sealed class MappedMemory : SafeHandle
{
    private const nint Failed = -1;

    private readonly nint _length;

    /// <summary>Maps the whole of a file, readable and writable.</summary>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public MappedMemory(SafeFileHandle file, nint length)
        : base(Failed, ownsHandle: true)
    {
        _length = length;
        SetHandle(Libc.Map(0, length, Libc.ProtectReadWrite, Libc.MapShared, file, 0));
        if (IsInvalid)
        {
            var error = Libc.LastError;
            throw new SharedMemoryException($"{length} bytes of shared memory cannot be mapped: {error.Message}.", error);
        }
    }

    public override bool IsInvalid => handle == Failed;

    /// <summary>Where it begins; to be used while the object is referred to.</summary>
    public unsafe ulong* Words => (ulong*)handle;

    protected override bool ReleaseHandle() => Libc.Unmap(handle, _length) == 0;
}
