using Connections.Native.SharedMemory;

namespace Connections.Native.Sync;

/// <summary>
/// Waits for a lock a moment without sleeping, where that has been worthwhile lately. Thread-safe: what threads write over each other is a
/// guess anyway.
/// </summary>
/// <param name="budget">How long to spin at most.</param>
internal sealed class Spinner(TimeSpan budget)
{
    private const int Pauses = 16;

    // After so many spins in vain in a row only one in so many tries again.
    private const int MissesInARow = 8;
    private const int RestAfterMisses = 64;

    // Of the machine, not those that this process may use: the owner, in another one, may run elsewhere.
    private static readonly bool HasProcessors = Libc.GetConfiguration(Libc.OnlineProcessors) > 1;

    private readonly bool _canSpin = budget > TimeSpan.Zero && HasProcessors;
    private int _misses;
    private int _skipped;

    /// <summary>Spins until the lock is not owned, or the budget or the time is used up. False if it is owned yet.</summary>
    public bool Spin(in LockMemory memory, long deadline)
    {
        if (!_canSpin || IsAtRest())
        {
            return false;
        }

        var until = Math.Min(deadline, MonotonicTime.After(budget));
        do
        {
            Thread.SpinWait(Pauses);
            if (memory.ReadWord() is { IsFree: true } or { IsDestroyed: true })
            {
                _misses = 0;
                return true;
            }
        }
        while (MonotonicTime.Now < until);

        _misses++;
        return false;
    }

    private bool IsAtRest() => _misses >= MissesInARow && ++_skipped % RestAfterMisses != 0;
}
