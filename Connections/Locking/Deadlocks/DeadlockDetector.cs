using System.Runtime.CompilerServices;
using Connections.Pooling;

namespace Connections.Locking.Deadlocks;

/// <summary>
/// Looks, while anyone waits for a lock, every half second for waits that form a cycle, and breaks those that have stood for their
/// grace. Uncontended locks never meet it; a contended one announces itself once.
/// </summary>
/// <remarks>
/// The locks are looked at one after the other, so that one look may see a cycle that never was. Two looks that see the same waits for the
/// same holders do not err: a frame that waits, or holds, in both did so all the time between, and so did all of them together.
/// </remarks>
internal sealed class DeadlockDetector
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);
    private static readonly DeadlockDetector OfSystemTime = new(TimeProvider.System);
    private static readonly ConditionalWeakTable<TimeProvider, DeadlockDetector> OfOtherTime = new();

    private readonly Lock _mutex = new();
    private readonly TimeProvider _timeProvider;
    private readonly HashSet<IWaitSource> _contended = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<PendingWait> _suspected = [];
    private AmbientFrame? _reported;
    private ITimer? _timer;

    private DeadlockDetector(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>The detector for all locks of one clock.</summary>
    public static DeadlockDetector For(TimeProvider timeProvider) =>
        ReferenceEquals(timeProvider, TimeProvider.System)
            ? OfSystemTime
            : OfOtherTime.GetValue(timeProvider, static time => new DeadlockDetector(time));

    /// <summary>Takes note of a source for which someone waits.</summary>
    public void Watch(IWaitSource source)
    {
        lock (_mutex)
        {
            _contended.Add(source);
            _timer ??= StartTimer();
        }
    }

    /// <summary>The cycle that a wait stands in at this moment, in words; null if it stands in none.</summary>
    public string? Describe(LockWaiter waiter)
    {
        lock (_mutex)
        {
            var waits = Collect();
            var own = waits.Find(wait => ReferenceEquals(wait.Waiter, waiter));
            return own.Waiter is null ? null : DeadlockText.Of(new WaitGraph(waits).FindCycleThrough(own));
        }
    }

    private void Look()
    {
        IReadOnlyList<PendingWait>? cycle;
        lock (_mutex)
        {
            cycle = new WaitGraph(Collect()).FindCycle(static wait => wait.Waiter.MayBreakDeadlock) ?? [];
            var stands = cycle.Count > 0 && cycle.SequenceEqual(_suspected) && !ReferenceEquals(cycle[0].Waiter, _reported);
            _suspected = cycle;
            if (_contended.Count == 0)
            {
                _timer?.Dispose();
                _timer = null;
                _reported = null;
            }

            if (!stands)
            {
                return;
            }

            _reported = cycle[0].Waiter;
        }

        cycle[0].Waiter.OnDeadlock(DeadlockText.Of(cycle)!);
    }

    private List<PendingWait> Collect()
    {
        var waits = new List<PendingWait>();
        _contended.RemoveWhere(source => !source.Collect(waits));
        return waits;
    }

    private ITimer StartTimer()
    {
        var timer = UnflowedTimer.Create(_timeProvider, static state => ((DeadlockDetector)state!).Look(), this);
        timer.Change(Period, Period);
        return timer;
    }
}
