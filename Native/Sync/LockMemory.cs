using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

/// <summary>The memory of a lock as the protocol works on it.</summary>
/// <param name="memory">The segment's memory.</param>
/// <param name="presence">The participant for whom it works; null for an onlooker.</param>
internal readonly unsafe struct LockMemory(MappedMemory memory, Presence? presence) : ILockMemory, ISpinCondition
{
    private readonly MappedMemory _memory = memory;
    private readonly ulong* _words = memory.Words;

    public int Slots => LockLayout.Slots;

    public bool IsLeaving => presence is { IsLeaving: true };

    private ref ulong Word => ref Unsafe.AsRef<ulong>(LockLayout.Word(_words));

    /// <summary>Whether a <see cref="Spinner"/> need not go on: nobody owns the lock, or it is no more.</summary>
    public bool IsMet => ReadWord() is { IsFree: true } or { IsDestroyed: true };

    public LockWord ReadWord() => new(Volatile.Read(ref Word));

    public LockWord SwapWord(LockWord word, LockWord expected) =>
        new(Interlocked.CompareExchange(ref Word, word.Value, expected.Value));

    public ulong ReadSlot(int slot) => Volatile.Read(ref LockLayout.Identity(_words, slot));

    public ulong SwapSlot(int slot, ulong identity, ulong expected) =>
        Interlocked.CompareExchange(ref LockLayout.Identity(_words, slot), identity, expected);

    public void WakeOne() => Futex.WakeUp(LockLayout.Word(_words), 1);

    public void WakeAll() => Futex.WakeUp(LockLayout.Word(_words), int.MaxValue);

    public bool IsAlive(ulong identity) => PackedIdentity.IsAlive(identity);

    /// <inheritdoc cref="LockLayout.HeldSince"/>
    public ref ulong HeldSince(int slot) => ref LockLayout.HeldSince(_words, slot);

    /// <inheritdoc cref="LockLayout.WaitsSince"/>
    public ref ulong WaitsSince(int slot) => ref LockLayout.WaitsSince(_words, slot);

    /// <summary>Sleeps while the futex is as expected, until a time at the latest.</summary>
    public void Sleep(uint expected, long deadline)
    {
        Futex.Sleep(LockLayout.Word(_words), expected, deadline);
        GC.KeepAlive(_memory);
    }
}
