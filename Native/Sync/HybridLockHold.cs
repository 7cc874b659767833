namespace Connections.Native.Sync;

/// <summary>A <see cref="HybridLock"/> that is held; disposing it unlocks. Disposing again, or a copy, does nothing. Any thread may.</summary>
public readonly struct HybridLockHold : IDisposable, IEquatable<HybridLockHold>
{
    private readonly HybridLock? _lock;
    private readonly uint _generation;

    internal HybridLockHold(HybridLock owner, uint generation, bool previousOwnerDied)
    {
        _lock = owner;
        _generation = generation;
        PreviousOwnerDied = previousOwnerDied;
    }

    /// <summary>
    /// Whether the owner before did not unlock: it died, or lost the lock by hand. What the lock guards may be half done.
    /// </summary>
    public bool PreviousOwnerDied { get; }

    /// <summary>Whether the lock is still held by this: not unlocked, not broken, not destroyed.</summary>
    public bool IsHeld => _lock is { } owner && owner.IsHeldAs(_generation);

    /// <summary>The time of having the lock, among all of its.</summary>
    internal uint Generation => _generation;

    /// <summary>Throws unless the lock is still held by this.</summary>
    /// <exception cref="LockBrokenException">The lock was taken away by hand meanwhile.</exception>
    /// <exception cref="LockDestroyedException">The lock was overwritten meanwhile.</exception>
    /// <exception cref="SynchronizationLockException">It was unlocked before, or never held.</exception>
    public void EnsureHeld()
    {
        if (_lock is not { } owner)
        {
            throw new SynchronizationLockException("No lock is held by this.");
        }

        owner.EnsureHeldAs(_generation);
    }

    /// <summary>Unlocks.</summary>
    /// <exception cref="LockBrokenException">The lock was taken away by hand meanwhile.</exception>
    /// <exception cref="LockDestroyedException">The lock was overwritten meanwhile.</exception>
    public void Dispose() => _lock?.Unlock(_generation);

    /// <inheritdoc/>
    public bool Equals(HybridLockHold other) => ReferenceEquals(_lock, other._lock) && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HybridLockHold other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lock, _generation);

    /// <summary>Whether both are the same hold of the same lock.</summary>
    public static bool operator ==(HybridLockHold left, HybridLockHold right) => left.Equals(right);

    /// <summary>Whether they are different holds.</summary>
    public static bool operator !=(HybridLockHold left, HybridLockHold right) => !left.Equals(right);
}
