using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

/// <summary>Writes into the memory of a lock past its protocol, as one who may open its file can.</summary>
internal sealed unsafe class Tampering : IDisposable
{
    private readonly Segment _segment;

    public Tampering(string name) => _segment = Segment.TryOpen(LockNames.FileOf(name), LockLayout.Kind, LockLayout.Size)!;

    public Span<ulong> Words => new(_segment.Memory.Words, LockLayout.Size / sizeof(ulong));

    public Span<byte> Bytes => new(_segment.Memory.Words, LockLayout.Size);

    /// <summary>Gives every slot that somebody has to another.</summary>
    public void ForgeIdentities(ulong identity)
    {
        for (var slot = 1; slot <= LockLayout.Slots; slot++)
        {
            ref var found = ref LockLayout.Identity(_segment.Memory.Words, slot);
            found = found == 0 ? 0 : identity;
        }
    }

    public void Dispose() => _segment.Dispose();
}
