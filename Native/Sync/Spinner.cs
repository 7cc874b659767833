using Connections.Native.SharedMemory;

namespace Connections.Native.Sync;

/// <summary>
/// Waits a moment for another process without sleeping, where that has been worthwhile lately. Thread-safe: what threads write over each
/// other is a guess anyway.
/// </summary>
/// <param name="budget">How long to spin at most.</param>
/// <param name="pauses">How long to leave what is awaited to the others between two looks, in units of <see cref="Thread.SpinWait"/>.</param>
/// <param name="quickLooks">How many looks come first without any pause: for an answer that takes less time than a pause and a look at the clock.</param>
/// <param name="restAfterMisses">After 8 spins in vain in a row, only one in so many tries again.</param>
internal sealed class Spinner(TimeSpan budget, int pauses = 16, int quickLooks = 0, int restAfterMisses = 64)
{
    private const int MissesInARow = 8;

    // Of the machine, not those that this process may use: the other one may run elsewhere.
    private static readonly bool HasProcessors = Libc.GetConfiguration(Libc.OnlineProcessors) > 1;

    private readonly bool _canSpin = budget > TimeSpan.Zero && HasProcessors;
    private int _misses;
    private int _skipped;

    /// <summary>Spins until the condition is met, or the budget or the time is used up. False if it is not met yet.</summary>
    public bool Spin<TCondition>(in TCondition condition, long deadline)
        where TCondition : struct, ISpinCondition
    {
        if (!_canSpin || IsAtRest())
        {
            return false;
        }

        for (var look = 0; look < quickLooks; look++)
        {
            if (condition.IsMet)
            {
                _misses = 0;
                return true;
            }
        }

        var until = Math.Min(deadline, MonotonicTime.After(budget));
        do
        {
            Thread.SpinWait(pauses);
            if (condition.IsMet)
            {
                _misses = 0;
                return true;
            }
        }
        while (MonotonicTime.Now < until);

        _misses++;
        return false;
    }

    private bool IsAtRest() => _misses >= MissesInARow && ++_skipped % restAfterMisses != 0;
}
