using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

/// <summary>The lock that a name leads to, as the protocol works on it while a process opens or leaves it.</summary>
internal sealed class LockWorld(string path, HybridLockMode mode, UnixFileMode permissions, Presence? presence) : ILockWorld, IDisposable
{
    private Segment? _segment;
    private LockMemory _memory;

    public int Slots => _memory.Slots;

    public bool IsLeaving => _memory.IsLeaving;

    /// <summary>The memory of the segment that was opened or made last.</summary>
    public LockMemory Memory => _memory;

    /// <summary>The segment that was opened or made last; this object's no longer, but the caller's.</summary>
    public Segment TakeSegment()
    {
        var segment = _segment!;
        _segment = null;
        return segment;
    }

    public bool TryOpen() => Use(Segment.TryOpen(path, LockLayout.Kind, LockLayout.Size, mode == HybridLockMode.CreateNewOverwrite));

    public bool TryCreate(ulong identity, LockWord word) =>
        Use(Segment.TryCreate(path, LockLayout.Kind, LockLayout.Size, permissions, (identity, word), LockLayout.Fill));

    public void Remove() => _segment!.Remove();

    public LockWord ReadWord() => _memory.ReadWord();

    public LockWord SwapWord(LockWord word, LockWord expected) => _memory.SwapWord(word, expected);

    public ulong ReadSlot(int slot) => _memory.ReadSlot(slot);

    public ulong SwapSlot(int slot, ulong identity, ulong expected) => _memory.SwapSlot(slot, identity, expected);

    public void WakeOne() => _memory.WakeOne();

    public void WakeAll() => _memory.WakeAll();

    public bool IsAlive(ulong identity) => _memory.IsAlive(identity);

    public void Dispose() => _segment?.Dispose();

    private bool Use(Segment? segment)
    {
        _segment?.Dispose();
        _segment = segment;
        if (segment is not null)
        {
            _memory = new LockMemory(segment.Memory, presence);
        }

        return segment is not null;
    }
}
