using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

/// <summary>
/// Where what is in the segment of a lock: after the header a cache line with the word, then one for each slot, with the identity of its
/// process and, for onlookers alone, since when it has the lock and since when it waits.
/// </summary>
internal static unsafe class LockLayout
{
    /// <summary>"LOCK": what segments are told apart by.</summary>
    public const uint Kind = 0x4B_43_4F_4C;

    /// <summary>The size of the segment in bytes, all of it reserved.</summary>
    public const int Size = 16 * 1024;

    /// <summary>How many participants there can be.</summary>
    public const int Slots = (Size - Segment.HeaderSize - LineSize) / LineSize;

    private const int LineSize = 64;
    private const int LineWords = LineSize / sizeof(ulong);
    private const int WordIndex = Segment.HeaderSize / sizeof(ulong);
    private const int HeldSinceIndex = 1;
    private const int WaitsSinceIndex = 2;

    public static ulong* Word(ulong* words) => words + WordIndex;

    public static ref ulong Identity(ulong* words, int slot) => ref At(words, slot, 0);

    /// <summary>In milliseconds of <see cref="MonotonicTime.Coarse"/>, 0 for never yet.</summary>
    public static ref ulong HeldSince(ulong* words, int slot) => ref At(words, slot, HeldSinceIndex);

    /// <summary>In milliseconds of <see cref="MonotonicTime.Coarse"/>, 0 for one who does not wait.</summary>
    public static ref ulong WaitsSince(ulong* words, int slot) => ref At(words, slot, WaitsSinceIndex);

    /// <summary>Writes what a lock begins with; its first slot is its maker's.</summary>
    public static void Fill(MappedMemory memory, (ulong Identity, LockWord Word) first)
    {
        Identity(memory.Words, 1) = first.Identity;
        HeldSince(memory.Words, 1) = MonotonicTime.Coarse;
        *Word(memory.Words) = first.Word.Value;
    }

    private static ref ulong At(ulong* words, int slot, int index) =>
        ref Unsafe.AsRef<ulong>(words + WordIndex + (slot * LineWords) + index);
}
