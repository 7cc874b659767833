using System.Diagnostics;
using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

/// <summary>
/// A mutual exclusion lock by a name, for the processes of this machine. Thread-safe, and any thread may unlock; not reentrant.
/// </summary>
/// <remarks>
/// <para>It spins a moment, then sleeps in the kernel. A process that dies, by whatever cause, loses what it holds: those who wait notice
/// within about 100 ms, and the next holder is told (<see cref="HybridLockHold.PreviousOwnerDied"/>). Between processes there is no order of
/// service; within one, <see cref="LockAsync(CancellationToken)"/> serves first come first.</para>
/// <para>Each object is a participant of its own: two of one process, of the same name, exclude each other. At most 254 can take part in a
/// lock. With the last one the lock goes, and its name; a lock whose last owner died stays until somebody has had it since.</para>
/// <para>Linux only, x64 or arm64. All participants must live in one pid namespace. They must be able to trust each other: see
/// <see cref="HybridLockOptions.Directory"/>.</para>
/// </remarks>
[DebuggerDisplay("{Name,nq}, held: {IsHeld}")]
public sealed partial class HybridLock : IDisposable
{
    private const long NotHeld = -1;

    private readonly Presence _presence = new();
    private readonly Spinner _spinner;
    private readonly Segment _segment;
    private readonly int _slot;
    private LockMemory _memory;

    // The generation as which this participant has the lock, written by whoever of its threads has just taken it or is about to unlock.
    private long _hold = NotHeld;

    /// <summary>Finds or makes a lock.</summary>
    /// <param name="name">
    /// Its name among the locks of this user, or of <see cref="HybridLockOptions.Directory"/>: at most some 250 letters and digits, fewer if it has
    /// other characters, which it may.
    /// </param>
    /// <param name="mode">Whether to find or to make it.</param>
    /// <param name="options">How to make it and how to wait for it.</param>
    /// <exception cref="NoSuchLockException">There is none, and it was to exist.</exception>
    /// <exception cref="LockExistsException">There is one, and it was to be new.</exception>
    /// <exception cref="SharedMemoryException">
    /// Its file cannot be made or opened, is damaged, belongs to another pid namespace, or has 254 participants already.
    /// </exception>
    /// <exception cref="ArgumentException">The name is empty or too long, or others are permitted to use a lock in this user's directory.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux on x64 or arm64.</exception>
    public HybridLock(string name, HybridLockMode mode = HybridLockMode.ConnectOrCreate, HybridLockOptions? options = null)
    {
        options ??= new HybridLockOptions();
        if (options.IsForOthers && options.Directory is null)
        {
            throw new ArgumentException("Others cannot reach a lock in this user's own directory: name a Directory that they can reach.", nameof(options));
        }

        Name = name;
        _spinner = new Spinner(options.SpinBudget);
        using var world = WorldOf(name, mode, options.Permissions, options.Directory, _presence);
        var opening = Open(world, mode, options.Directory, options.InitialValue == 0);
        _segment = world.TakeSegment();
        _memory = new LockMemory(_segment.Memory, _presence);
        _slot = opening.Slot;
        WasCreated = opening.HasCreated;
        if (WasCreated && options.InitialValue == 0)
        {
            _hold = _memory.ReadWord().Generation;
        }
    }

    /// <summary>Leaves a lock that nobody refers to any more; what it held is lost, and the next owner is told.</summary>
    ~HybridLock()
    {
        if (_segment is not null && _presence.TryLeave())
        {
            Abandon();
            Leave();
        }
    }

    /// <summary>The name of the lock.</summary>
    public string Name { get; }

    /// <summary>Whether this object made the lock, rather than found it.</summary>
    public bool WasCreated { get; }

    /// <summary>Whether this object has the lock; false also once it was broken or overwritten.</summary>
    public bool IsHeld => _hold is not NotHeld and var hold && IsHeldAs((uint)hold);

    /// <summary>
    /// Unlocks, if it is held, and ends the part of this object in the lock; who waits by it fails with <see cref="ObjectDisposedException"/>.
    /// The last participant of all removes the lock. A second call does nothing.
    /// </summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (!_presence.TryLeave())
        {
            return;
        }

        EndWaits();
        GiveBack();
        Leave();
    }

    /// <summary>Unlocks.</summary>
    /// <exception cref="SynchronizationLockException">This object does not hold the lock; another process may.</exception>
    /// <exception cref="LockBrokenException">The lock was taken away by hand meanwhile.</exception>
    /// <exception cref="LockDestroyedException">The lock was overwritten meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">The object has been disposed, and did not hold the lock.</exception>
    public void Unlock()
    {
        var hold = _hold;
        if (hold == NotHeld)
        {
            ObjectDisposedException.ThrowIf(_presence.IsLeaving, this);
            throw new SynchronizationLockException($"The lock '{Name}' cannot be unlocked by one who does not hold it. {Describe()}");
        }

        UnlockAs((uint)hold);
    }

    internal bool IsHeldAs(uint generation) =>
        _hold == generation && _memory.ReadWord() is { IsDestroyed: false } word && word.IsOwnedBy(_slot, generation);

    /// <summary>Unlocks what was held as a generation; nothing happens if that was unlocked before.</summary>
    internal void Unlock(uint generation)
    {
        if (_hold == generation)
        {
            UnlockAs(generation);
        }
        else if (WasRobbedOf(generation))
        {
            throw Broken();
        }
    }

    internal void EnsureHeldAs(uint generation)
    {
        if (IsHeldAs(generation))
        {
            return;
        }

        if (_hold != generation && !IsRobbedOf(generation))
        {
            throw new SynchronizationLockException($"The lock '{Name}' was unlocked before. {Describe()}");
        }

        throw _memory.ReadWord().IsDestroyed ? Destroyed() : Broken();
    }

    private void UnlockAs(uint generation)
    {
        // Before it is given back, since the next one of this process writes here when it has taken it.
        _hold = NotHeld;
        var step = GiveBackAs(generation);
        if (step != LockStep.Done)
        {
            ThrowForRelease(step);
        }
    }

    private void ThrowForRelease(LockStep step)
    {
        // Who disposes the object unlocks, whichever thread holds it.
        if (!_presence.IsLeaving)
        {
            throw step == LockStep.Destroyed ? Destroyed() : Broken();
        }
    }
}
