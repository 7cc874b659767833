namespace Connections.Locking;

/// <summary>
/// A held lock; disposing it releases. Disposing again, or disposing a copy, does nothing. May be disposed by any thread and any flow.
/// </summary>
public readonly struct Releaser : IDisposable, IEquatable<Releaser>
{
    private readonly LockFrame? _frame;

    internal Releaser(LockFrame frame) => _frame = frame;

    /// <summary>Whether the lock is still held through this releaser.</summary>
    public bool IsHeld => _frame is { State: FrameState.Held };

    /// <summary>
    /// Makes the calling flow the owner. Needed where the lock was entered in an async method that has returned since, such as an async
    /// set-up of a test: an async method does not pass its execution context back to its caller.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lock is no longer held through this releaser.</exception>
    public void Attach()
    {
        if (_frame is not { State: FrameState.Held })
        {
            throw new InvalidOperationException("The lock is no longer held through this releaser, so no flow can own it. Enter the lock again.");
        }

        AmbientFrame.Current = _frame;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _frame?.Leave();

    /// <inheritdoc/>
    public bool Equals(Releaser other) => ReferenceEquals(_frame, other._frame);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Releaser other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _frame?.GetHashCode() ?? 0;

    /// <summary>Whether both release the same entry into a lock.</summary>
    public static bool operator ==(Releaser left, Releaser right) => left.Equals(right);

    /// <summary>Whether they release different entries.</summary>
    public static bool operator !=(Releaser left, Releaser right) => !left.Equals(right);
}
