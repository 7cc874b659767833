using System.Runtime.ExceptionServices;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// One entry into a <see cref="ReentrantAsyncLock"/>. While it is held it is a slot itself: calls made inside it compete there, so that
/// forked siblings exclude each other although their parent holds the lock.
/// </summary>
internal sealed class LockFrame : AmbientFrame, IWait
{
    private LockSlot _slot;

    /// <param name="owner">The lock.</param>
    /// <param name="outer">The frame that is current where the entry begins.</param>
    /// <param name="member">Who enters.</param>
    /// <param name="isTimed">Whether the wait, if there is one, has a timeout, and is to be measured exactly.</param>
    public LockFrame(ReentrantAsyncLock owner, AmbientFrame? outer, string member, bool isTimed)
        : base(outer)
    {
        Owner = owner;
        Member = member;
        Since = Moment.Now(owner.Options.TimeProvider, isTimed || LockMetrics.AreUsed);
    }

    /// <summary>The lock.</summary>
    public ReentrantAsyncLock Owner { get; }

    /// <inheritdoc/>
    public override string Member { get; }

    /// <inheritdoc/>
    public override TimeSpan HeldFor => State == FrameState.Pending ? TimeSpan.Zero : Since.Ago(Owner.Options.TimeProvider);

    /// <summary>When its wait ended, or, while it waits, began.</summary>
    public Moment Since { get; private set; }

    /// <summary>How long ago it was asked for, while it is not granted.</summary>
    public TimeSpan Waited => Since.Ago(Owner.Options.TimeProvider);

    /// <summary>The held frame in whose slot this one is or waits; null for the slot of the lock itself.</summary>
    public LockFrame? Container { get; set; }

    /// <summary>The place in the queue, while it waits; under the mutex of the lock.</summary>
    public LockWait? Wait { get; set; }

    /// <summary>The slot for calls made inside this frame.</summary>
    public ref LockSlot Slot => ref _slot;

    AmbientFrame IWait.Frame => this;

    string IWait.Wanted => $"the lock of {Owner.Options.Name}";

    bool IWait.MayBeBroken => Wait is { HasTimeout: false } && Waited >= Owner.Options.DeadlockGrace;

    /// <summary>Marks the frame held from the moment on that it was asked for; under the mutex of the lock.</summary>
    public void Grant() => State = FrameState.Held;

    /// <summary>Marks the frame held from now on, after a wait; under the mutex of the lock.</summary>
    public void GrantLate()
    {
        Since = Since.NowAlike(Owner.Options.TimeProvider);
        Wait = null;
        State = FrameState.Held;
    }

    /// <summary>Marks the frame ended after a wait in vain; under the mutex of the lock.</summary>
    public void GiveUp()
    {
        Since = Since.NowAlike(Owner.Options.TimeProvider);
        Wait = null;
        State = FrameState.Ended;
        ForgetContexts();
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
        var next = Owner.Leave(this, out var loss);
        RemoveFromFlow();

        // Last, so that this thread is soon free to go on with it itself: another one would have to fetch all that it touches.
        next?.Complete();
        if (loss is not null)
        {
            ExceptionDispatchInfo.Throw(loss);
        }
    }

    bool IWait.OnDeadlock(string deadlock)
    {
        if (LockDeadlockException.Report(deadlock, Owner.Options) is not { } error || !Owner.TryGiveUp(this, out var wait, out _))
        {
            return false;
        }

        wait.Fail(error);
        return true;
    }
}
