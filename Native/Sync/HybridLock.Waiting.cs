using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

// Taking the lock on the caller's thread.
public sealed partial class HybridLock
{
    // How long an owner may be dead before those who wait look for it.
    private const long LookAfter = 100_000_000;

    private readonly Lock _robbedMutex = new();
    private HashSet<uint>? _robbed;
    private int _waiting;

    /// <summary>Takes the lock, blocking the calling thread however long it takes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The held lock, to be disposed, or unlocked by <see cref="Unlock()"/>.</returns>
    /// <inheritdoc cref="Lock(TimeSpan, CancellationToken)"/>
    public HybridLockHold Lock(CancellationToken cancellationToken = default) => Lock(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes the lock within a time, blocking the calling thread.</summary>
    /// <param name="timeout">
    /// How long to wait: zero or more, to the microsecond, or <see cref="Timeout.InfiniteTimeSpan"/>. Counted by a clock that nobody sets.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The held lock, to be disposed, or unlocked by <see cref="Unlock()"/>.</returns>
    /// <exception cref="HybridLockTimeoutException">The lock was not to be had in time; the message names the process that has it.</exception>
    /// <exception cref="LockDestroyedException">Another process has overwritten the lock.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">The lock is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was taken.</exception>
    /// <exception cref="ObjectDisposedException">The object has been disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite.</exception>
    public HybridLockHold Lock(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ValidateTimeout(timeout);
        return !cancellationToken.IsCancellationRequested && Acquisition.TryTakeFree(ref _memory, _slot, out var taken)
            ? Enter(taken, previousOwnerWasLost: false)
            : LockInSteps(timeout, cancellationToken);
    }

    private HybridLockHold LockInSteps(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var attempt = new Acquisition(_slot);
        if (Start(ref attempt) == LockStep.Done)
        {
            return Enter(attempt);
        }

        using var waking = cancellationToken.UnsafeRegister(static owner => ((HybridLock)owner!).Stir(), this);
        var step = Wait(ref attempt, MonotonicTime.After(timeout), cancellationToken);
        if (step == LockStep.Done)
        {
            return Enter(attempt);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw Failure(step, timeout);
    }

    /// <summary>Takes the lock if it is free, or if its owner is dead.</summary>
    /// <param name="hold">The held lock; a value that does nothing if it was not free.</param>
    /// <exception cref="LockDestroyedException">Another process has overwritten the lock.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">The lock is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The object has been disposed.</exception>
    public bool TryLock(out HybridLockHold hold)
    {
        var attempt = new Acquisition(_slot);
        var step = Start(ref attempt);
        if (step == LockStep.Busy)
        {
            attempt.Inspect();
            step = Start(ref attempt);
        }

        if (step != LockStep.Done && (step != LockStep.Busy || _presence.IsLeaving))
        {
            throw Failure(step, TimeSpan.Zero);
        }

        hold = step == LockStep.Done ? Enter(attempt) : default;
        return step == LockStep.Done;
    }

    private static void ValidateTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }
    }

    // Steps as far as it goes without anything to be decided.
    private LockStep Start(ref Acquisition attempt)
    {
        LockStep step;
        do
        {
            step = attempt.Step(ref _memory);
        }
        while (step == LockStep.More);

        GC.KeepAlive(this);
        return step;
    }

    private LockStep Wait(ref Acquisition attempt, long deadline, CancellationToken stop)
    {
        BeginWaiting();
        try
        {
            if (_spinner.Spin(_memory, deadline))
            {
                attempt.Look();
            }

            return WaitAsleep(ref attempt, deadline, stop);
        }
        finally
        {
            EndWaiting();
            GC.KeepAlive(this);
        }
    }

    private LockStep WaitAsleep(ref Acquisition attempt, long deadline, CancellationToken stop)
    {
        var lookAt = MonotonicTime.Now + LookAfter;
        var isLast = false;
        attempt.Look();
        while (true)
        {
            switch (Start(ref attempt))
            {
                case LockStep.Busy when isLast || stop.IsCancellationRequested || _presence.IsLeaving:
                    attempt.GiveUp();
                    break;
                case LockStep.Busy when MonotonicTime.Now is var now && now >= Math.Min(lookAt, deadline):
                    // Also at the end of the time, however short it was: a lock of the dead is to be had at once.
                    attempt.Inspect();
                    isLast = now >= deadline;
                    lookAt = now + LookAfter;
                    break;
                case LockStep.Busy:
                    attempt.Sleep();
                    break;
                case LockStep.Sleep:
                    _memory.Sleep(attempt.Futex, Math.Min(lookAt, deadline));
                    break;
                case var step:
                    return step;
            }
        }
    }

    private HybridLockHold Enter(in Acquisition attempt) => Enter(attempt.Word, attempt.PreviousOwnerWasLost);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HybridLockHold Enter(LockWord taken, bool previousOwnerWasLost)
    {
        var generation = taken.Generation;
        Volatile.Write(ref _memory.HeldSince(_slot), MonotonicTime.Coarse);
        if (_hold != NotHeld)
        {
            NoteRobbery((uint)_hold);
        }

        _hold = generation;
        if (_presence.IsLeaving)
        {
            Undo(generation);
        }

        GC.KeepAlive(this);
        return new HybridLockHold(this, generation, previousOwnerWasLost);
    }

    [DoesNotReturn]
    private void Undo(uint generation)
    {
        GiveBackAs(generation);
        throw new ObjectDisposedException(nameof(HybridLock), $"The lock '{Name}' was disposed while it was being taken.");
    }

    private Exception Failure(LockStep step, TimeSpan timeout) => step switch
    {
        LockStep.Destroyed => Destroyed(),
        LockStep.Corrupt => Corrupt(Name),
        _ when _presence.IsLeaving => new ObjectDisposedException(nameof(HybridLock), $"The lock '{Name}' has been disposed."),
        _ => TimedOut(timeout),
    };

    // The hold before was neither unlocked nor noticed to be lost, and the lock was free: so somebody had broken it.
    private void NoteRobbery(uint generation)
    {
        lock (_robbedMutex)
        {
            (_robbed ??= []).Add(generation);
        }
    }

    private bool IsRobbedOf(uint generation)
    {
        lock (_robbedMutex)
        {
            return _robbed is { } robbed && robbed.Contains(generation);
        }
    }

    private bool WasRobbedOf(uint generation)
    {
        lock (_robbedMutex)
        {
            return _robbed is { } robbed && robbed.Remove(generation);
        }
    }

    // For onlookers: since when the thread of this participant waits that has waited longest, to their knowledge.
    private void BeginWaiting()
    {
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            Volatile.Write(ref _memory.WaitsSince(_slot), MonotonicTime.Coarse);
        }
    }

    private void EndWaiting()
    {
        if (Interlocked.Decrement(ref _waiting) == 0 && !_presence.IsLeaving)
        {
            Volatile.Write(ref _memory.WaitsSince(_slot), 0);
        }
    }

    /// <summary>Has every sleeper look again, those of other processes too.</summary>
    private void Stir()
    {
        var stirring = new Stirring();
        while (stirring.Step(ref _memory) == LockStep.More)
        {
        }

        GC.KeepAlive(this);
    }
}
