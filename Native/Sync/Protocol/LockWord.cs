namespace Connections.Native.Sync.Protocol;

/// <summary>
/// All that decides who has a lock, in one word of 64 bits, so that each change is one compare-and-swap. From the lowest bit: the slot of
/// the owner (12 bits, 0 for nobody), three flags and a bit that is always 0, a count that is stirred to make the word another one (16 bits),
/// and the generation (32 bits), which counts the times that the lock was taken. The low half is the futex.
/// </summary>
internal readonly record struct LockWord(ulong Value)
{
    /// <summary>The most slots that a lock can have.</summary>
    public const int MaximumSlots = (1 << StirShift - 4) - 1;

    private const int StirShift = 16;
    private const int GenerationShift = 32;
    private const ulong OwnerMask = MaximumSlots;
    private const ulong WaitersFlag = 1 << 12;
    private const ulong DestroyedFlag = 1 << 13;
    private const ulong LostFlag = 1 << 14;
    private const ulong ReservedFlag = 1 << 15;
    private const ulong StirMask = 0xFFFFUL << StirShift;

    /// <summary>The slot of the owner; 0 if nobody is.</summary>
    public int Owner => (int)(Value & OwnerMask);

    /// <summary>Whether somebody may sleep on the futex, so that who unlocks must wake one.</summary>
    public bool HasWaiters => (Value & WaitersFlag) != 0;

    /// <summary>Whether the lock is no more: another one has its name, or nobody. A destroyed word never changes again, but for its stir.</summary>
    public bool IsDestroyed => (Value & DestroyedFlag) != 0;

    /// <summary>Whether the last owner did not unlock: it died, or the lock was taken from it. Who takes the lock next is told.</summary>
    public bool WasLost => (Value & LostFlag) != 0;

    /// <summary>How often the lock was taken; it wraps around.</summary>
    public uint Generation => (uint)(Value >> GenerationShift);

    /// <summary>What a waiter compares when it goes to sleep.</summary>
    public uint Futex => (uint)Value;

    /// <summary>Nobody owns the lock.</summary>
    public bool IsFree => Owner == 0;

    /// <summary>Nobody owns the lock, and there is nothing else to be known of it.</summary>
    public bool IsFreeAndQuiet => (Value & (OwnerMask | WaitersFlag | DestroyedFlag | LostFlag | ReservedFlag)) == 0;

    /// <summary>Whether one who keeps to the protocol can have written this, in a lock of so many slots.</summary>
    public bool IsSound(int slots) => Owner <= slots && (Value & ReservedFlag) == 0;

    /// <summary>Whether a slot owns the lock since it took it as that generation.</summary>
    public bool IsOwnedBy(int slot, uint generation) => Owner == slot && Generation == generation;

    /// <summary>Owned by a slot, whose owner shall wake somebody when it unlocks if anybody may sleep.</summary>
    public LockWord TakenBy(int slot, bool mayHaveWaiters) => new(
        ((ulong)(Generation + 1) << GenerationShift) | (Value & (StirMask | WaitersFlag)) | (mayHaveWaiters ? WaitersFlag : 0) | (uint)slot);

    /// <summary>Unlocked by its owner, who wakes a waiter if there may be one; that one sets the flag again.</summary>
    public LockWord Freed() => new(Value & ~(OwnerMask | WaitersFlag));

    /// <summary>Taken from an owner who did not unlock.</summary>
    public LockWord Abandoned() => new((Value & ~OwnerMask) | LostFlag);

    /// <summary>The same, with somebody who is about to sleep.</summary>
    public LockWord WithWaiters() => new(Value | WaitersFlag);

    /// <summary>Gone for good.</summary>
    public LockWord Destroyed() => new(Value | DestroyedFlag);

    /// <summary>The same to everybody but a compare-and-swap, or a sleeper, that expects the word as it was.</summary>
    public LockWord Stirred() => new((Value & ~StirMask) | ((Value + (1UL << StirShift)) & StirMask));
}
