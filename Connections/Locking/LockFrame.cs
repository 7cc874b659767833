namespace Connections.Locking;

/// <summary>
/// One entry into a <see cref="ReentrantAsyncLock"/>. While it is held it is a slot itself: calls made inside it compete there, so that
/// forked siblings exclude each other although their parent holds the lock.
/// </summary>
internal class LockFrame(ReentrantAsyncLock owner, AmbientFrame? outer, string member) : AmbientFrame(outer)
{
    private LockSlot _slot;

    /// <summary>The lock.</summary>
    public ReentrantAsyncLock Owner { get; } = owner;

    /// <inheritdoc/>
    public override string Member { get; } = member;

    /// <summary>When it was granted, as a timestamp of the lock's <see cref="TimeProvider"/>.</summary>
    public long GrantedAt { get; private set; }

    /// <inheritdoc/>
    public override TimeSpan HeldFor => State == FrameState.Pending ? TimeSpan.Zero : Owner.Options.TimeProvider.GetElapsedTime(GrantedAt);

    /// <summary>The held frame in whose slot this one is or waits; null for the slot of the lock itself.</summary>
    public LockFrame? Container { get; set; }

    /// <summary>The slot for calls made inside this frame.</summary>
    public ref LockSlot Slot => ref _slot;

    /// <summary>Marks the frame held; under the mutex of the lock.</summary>
    public void Grant(long timestamp)
    {
        GrantedAt = timestamp;
        State = FrameState.Held;
    }

    /// <summary>Marks the frame ended; under the mutex of the lock. False if it had ended before.</summary>
    public bool TryEnd()
    {
        if (State == FrameState.Ended)
        {
            return false;
        }

        State = FrameState.Ended;
        return true;
    }

    /// <summary>Releases the lock; a second call, also through a copy of the <see cref="Releaser"/>, does nothing.</summary>
    public void Leave()
    {
        Owner.Leave(this);
        RemoveFromFlow();
    }
}
