using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>Everything at one moment: the name, the memories, the processes, their threads.</summary>
internal sealed class ModelState(ModelSegment[] segments, ModelProcess[] processes, ModelThread[] threads)
{
    public const sbyte Nowhere = -1;

    public ModelSegment[] Segments { get; } = segments;

    public ModelProcess[] Processes { get; } = processes;

    public ModelThread[] Threads { get; } = threads;

    /// <summary>The segment that the name leads to.</summary>
    public sbyte Name { get; set; } = Nowhere;

    public byte Kills { get; set; }

    /// <summary>A digest of everything: states of one digest are taken to be one.</summary>
    public UInt128 Digest => DigestOf(
        [.. MemoryMarshal.AsBytes<ModelSegment>(Segments), .. MemoryMarshal.AsBytes<ModelProcess>(Processes), .. MemoryMarshal.AsBytes<ModelThread>(Threads), (byte)Name, Kills]);

    /// <summary>A digest of what outlives the processes.</summary>
    public UInt128 SharedDigest => DigestOf([.. MemoryMarshal.AsBytes<ModelSegment>(Segments), (byte)Name]);

    public bool IsAlive(in ModelThread thread) => !Processes[thread.Process].IsDead;

    public ModelState Clone() =>
        new((ModelSegment[])Segments.Clone(), (ModelProcess[])Processes.Clone(), (ModelThread[])Threads.Clone()) { Name = Name, Kills = Kills };

    /// <summary>Ends a process in the middle of whatever it does.</summary>
    public void Kill(int process)
    {
        Processes[process].IsDead = true;
        for (var i = 0; i < Segments.Length; i++)
        {
            ref var segment = ref Segments[i];
            segment.IsLost |= !segment.Word.IsFree && segment.Taker == process;
        }
    }

    private static UInt128 DigestOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
