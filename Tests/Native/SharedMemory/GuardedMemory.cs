using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>Memory between two pages that nobody may touch: a step beyond it, and the process is gone.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int NoAccess = 0;
    private const int PrivateAndOfNoFile = 0x22;
    private const int Fixed = 0x10;

    private readonly nint _start;
    private readonly nint _whole;
    private readonly int _size;

    public GuardedMemory(int size)
    {
        _size = size;
        _whole = size + (2 * Environment.SystemPageSize);
        using var none = new SafeFileHandle(-1, ownsHandle: false);
        using var file = AnonymousMemory.Create(size);
        _start = Libc.Map(0, _whole, NoAccess, PrivateAndOfNoFile, none, 0);
        var inside = _start + Environment.SystemPageSize;
        Assert.That(Libc.Map(inside, size, Libc.ProtectReadWrite, Libc.MapShared | Fixed, file, 0), Is.EqualTo(inside));
    }

    public byte* Start => (byte*)_start + Environment.SystemPageSize;

    public Span<byte> Bytes => new(Start, _size);

    public void Dispose() => Assert.That(Libc.Unmap(_start, _whole), Is.Zero);
}
