using System.Runtime.CompilerServices;
using Connections.Pooling;

namespace Connections.Locking.Deadlocks;

/// <summary>
/// Looks, while anyone waits for a lock or a worker, every half second for waits that cannot end by themselves, and breaks those that have
/// stood for their grace. What is uncontended never meets it; what is contended announces itself once.
/// </summary>
/// <remarks>
/// Locks and pools are looked at one after the other, so that one look may see a deadlock that never was. One whose waits all stand for
/// the same holders in the next look is none of these: a frame that waits, or holds, in both did so all the time between.
/// </remarks>
internal sealed class DeadlockDetector
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);
    private static readonly DeadlockDetector OfSystemTime = new(TimeProvider.System);
    private static readonly ConditionalWeakTable<TimeProvider, DeadlockDetector> OfOtherTime = new();

    private readonly Lock _mutex = new();
    private readonly TimeProvider _timeProvider;
    private readonly HashSet<IWaitSource> _contended = new(ReferenceEqualityComparer.Instance);

    // Those that stand in a deadlock that was reported, and were left to it.
    private readonly HashSet<PendingWait> _reported = [];
    private IReadOnlyList<PendingWait> _suspected = [];
    private ITimer? _timer;

    private DeadlockDetector(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>The detector for everything of one clock.</summary>
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

    /// <summary>The deadlock that a wait stands in at this moment, in words; null if it stands in none.</summary>
    public string? Describe(IWait wait)
    {
        List<PendingWait> waits;
        lock (_mutex)
        {
            waits = Collect();
        }

        return waits.Find(pending => ReferenceEquals(pending.Wait, wait)) is { } own
            ? DeadlockText.Of(new WaitGraph(waits).FindDeadlockThrough(own))
            : null;
    }

    private void Look()
    {
        IReadOnlyList<PendingWait> deadlock;
        lock (_mutex)
        {
            deadlock = Confirm(Collect());
            if (_contended.Count == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }

        if (deadlock.Count > 0 && !deadlock[0].Wait.OnDeadlock(DeadlockText.Of(deadlock)!))
        {
            lock (_mutex)
            {
                _reported.UnionWith(deadlock);
            }
        }
    }

    /// <summary>Gives the deadlock that the look before saw if it stands still; else looks for one for the look that follows to confirm.</summary>
    private IReadOnlyList<PendingWait> Confirm(List<PendingWait> waits)
    {
        var current = waits.ToHashSet();
        _reported.IntersectWith(current);
        var suspected = _suspected;
        if (suspected.Count > 0 && suspected.All(current.Contains))
        {
            _suspected = [];
            return suspected;
        }

        _suspected = new WaitGraph(waits).FindDeadlock(wait => wait.Wait.MayBeBroken && !_reported.Contains(wait)) ?? [];
        return [];
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
