using System.Runtime.InteropServices;

namespace Connections.Native.SharedMemory;

/// <summary>What statx(2) tells of a file, as far as it is asked: the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const ushort TypeMask = 0xF000;
    private const ushort DirectoryType = 0x4000;
    private const ushort RegularType = 0x8000;
    private const ushort OthersMask = 0x3F;
    private const ushort OthersWriteMask = 0x12;
    private const ushort StickyBit = 0x200;

    [FieldOffset(20)]
    public uint Owner;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(136)]
    public ulong Device;

    public readonly bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    public readonly bool IsRegular => (Mode & TypeMask) == RegularType;

    /// <summary>Whether nobody but the owner can do anything with it.</summary>
    public readonly bool IsPrivate => (Mode & OthersMask) == 0;

    /// <summary>Whether others than its owner can remove what is in this directory.</summary>
    public readonly bool IsOpenToRemovals => (Mode & OthersWriteMask) != 0 && (Mode & StickyBit) == 0;

    public readonly bool IsSameFileAs(in FileStatus other) => Inode == other.Inode && Device == other.Device;
}
