using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>The locks, the models beside them, the flows and the clock that the steps of a schedule act on; one thread drives all.</summary>
internal sealed class World
{
    public const int Locks = 3;
    public const int Flows = 8;

    private readonly ReentrantAsyncLock[] _locks;
    private readonly ModelLock[] _models = [.. Enumerable.Range(0, Locks).Select(static _ => new ModelLock())];
    private readonly Flow[] _flows;
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly Dictionary<int, CancellationTokenSource> _tokens = [];
    private readonly List<Entry> _active = [];
    private readonly Func<bool[]> _readHeld;

    public World()
    {
        var options = new LockOptions { TimeProvider = Time };
        _locks = [.. Enumerable.Range(0, Locks).Select(_ => new ReentrantAsyncLock(options))];
        _readHeld = () => Array.ConvertAll(_locks, static tested => tested.IsHeldByCurrentFlow);
        _flows = [.. Enumerable.Range(0, Flows).Select(static _ => new Flow(ExecutionContext.Capture()!, innermost: null))];
    }

    public FakeTime Time { get; } = new();

    public TimeSpan Now => new(Time.GetTimestamp());

    public IReadOnlyList<ModelLock> Models => _models;

    /// <summary>The entries to which something can still happen.</summary>
    public IReadOnlyList<Entry> Active => _active;

    /// <summary>How many waits failed for a deadlock.</summary>
    public int Deadlocks { get; set; }

    public ReentrantAsyncLock LockOf(int number) => _locks[number];

    public ref Flow FlowOf(int number) => ref _flows[number];

    public Entry? FindEntry(int number) => _entries.GetValueOrDefault(number);

    public void Add(Entry entry)
    {
        _entries.Add(entry.Number, entry);
        _active.Add(entry);
    }

    public CancellationTokenSource TokenOf(int number)
    {
        if (!_tokens.TryGetValue(number, out var source))
        {
            _tokens.Add(number, source = new CancellationTokenSource());
        }

        return source;
    }

    public IEnumerable<ModelFrame> Waiting() => _models.SelectMany(static model => model.Waiting);

    /// <summary>Does one step, and compares. False if the step is about something that is not there.</summary>
    /// <exception cref="DisagreementException">The lock did what the model does not.</exception>
    public bool TryDo(Step step)
    {
        if (!step.TryRun(this))
        {
            return false;
        }

        foreach (var difference in FindDifferences().Concat(FindOverlaps()))
        {
            throw new DisagreementException(difference);
        }

        _active.RemoveAll(static entry => entry.IsOver);
        return true;
    }

    /// <summary>What has not ended although nobody can do anything any more; null if nothing.</summary>
    public string? FindRemains()
    {
        if (_active.Count > 0)
        {
            return $"nobody is inside, and these still wait: {string.Join(", ", _active.Select(static entry => entry.Number))}";
        }

        // One, of whoever looks for deadlocks, who stops when there is nothing to look at.
        var timers = Time.Pending - 1;
        Time.Advance(TimeSpan.FromSeconds(1));
        return timers > 0 || Time.Pending > 0 ? $"{timers} timers of waits are left, {Time.Pending} when time has passed" : null;
    }

    /// <summary>All that the locks say of themselves.</summary>
    public string Describe() =>
        string.Join(' ', _active.Select(static entry => $"{entry.Number}:{entry.Outcome}"))
        + " | " + string.Join(' ', _locks.Select(static tested => tested.Holder?.ToString() ?? "free"))
        + " | " + string.Concat(_flows.SelectMany(HeldBy).Select(static isHeld => isHeld ? '+' : '-'));

    private IEnumerable<string> FindDifferences()
    {
        foreach (var entry in _active)
        {
            if (entry.Outcome != entry.Expected)
            {
                yield return $"entry {entry.Number} is {entry.Outcome}; for the model it is {entry.Expected}";
            }
        }

        for (var number = 0; number < Locks; number++)
        {
            var (actual, expected) = (_locks[number].Holder, _models[number].HolderAt(Now));
            if (actual != expected)
            {
                yield return $"the holder of lock {number} is {actual}; for the model it is {expected}";
            }
        }

        for (var flow = 0; flow < Flows; flow++)
        {
            var held = HeldBy(_flows[flow]);
            for (var number = 0; number < Locks; number++)
            {
                if (held[number] != _models[number].IsHeldBy(_flows[flow].Innermost))
                {
                    yield return $"flow {flow} reads {held[number]} from {nameof(ReentrantAsyncLock.IsHeldByCurrentFlow)} of lock {number}";
                }
            }
        }
    }

    // Asks no model: of two entries that hold one lock, one was asked for inside the other.
    private IEnumerable<string> FindOverlaps()
    {
        var holding = _active.FindAll(static entry => entry.Holds);
        return from first in holding
               from second in holding
               where first.Number < second.Number && first.Frame.Lock == second.Frame.Lock
               where !first.Frame.IsInside(second.Frame) && !second.Frame.IsInside(first.Frame)
               select $"entries {first.Number} and {second.Number} hold one lock at once";
    }

    private bool[] HeldBy(Flow flow) => flow.Read(_readHeld);
}
