namespace Connections.Tests.Locking.Schedules;

/// <summary>Chooses the next step of a schedule: by chance, that of a seed, and by what can happen now.</summary>
internal sealed class Dice(int seed)
{
    // As many as a reader of a failed schedule can follow, and enough for queues in several scopes at once.
    private const int MostActive = 14;
    private const int LongestTimeout = 30;

    private readonly Random _random = new(seed);

    // With one lock its queues grow longest; with more, flows hold several in any order.
    private readonly int _locks = 1 + (seed % World.Locks);
    private int _lastEntry;
    private int _token;

    /// <summary>A step of the body of the schedule.</summary>
    public Step Next(World world) => _random.Next(100) switch
    {
        < 33 when world.Active.Count < MostActive => NextAsk(world),
        < 34 => new AskSuppressed(NextFlow(), NextLock()),
        < 61 when FindTaken(world) is { } entry => new Leave(entry.Number, NextFlow()),
        < 73 when FindDecided(world) is { } entry => new Take(entry.Number),
        < 76 when FindAny(world) is { } entry => new Leave(entry.Number, NextFlow()),
        < 86 => new Fork(NextFlow(static flow => flow.IsInside, world), NextFlow()),
        < 88 => new ForkDetached(NextFlow(), NextFlow()),
        < 93 when FindTaken(world) is { } entry => new Attach(entry.Number, NextFlow()),
        < 94 when FindAny(world) is { } entry => new Attach(entry.Number, NextFlow()),
        < 95 => new Cancel(_token++),
        < 97 => new StandStill(),
        _ => new Advance(_random.Next(LongestTimeout)),
    };

    /// <summary>A step towards the end, where everyone leaves what he holds; null when all is over, or when nobody can go on.</summary>
    public Step? NextToEnd(World world)
    {
        if (FindDecided(world) is { } decided)
        {
            return new Take(decided.Number);
        }

        return FindTaken(world) is { } taken ? new Leave(taken.Number, NextFlow()) : null;
    }

    private Ask NextAsk(World world)
    {
        var flow = NextFlow(_random.Next(2) == 0 ? static flow => flow.IsInside : static flow => !flow.IsWaiting, world);
        var way = (Way)Math.Max(0, _random.Next(6) - 3);
        int? timeout = _random.Next(3) == 0 ? _random.Next(5) == 0 ? 0 : _random.Next(LongestTimeout) : null;
        int? token = _random.Next(4) == 0 ? Math.Max(0, _token - _random.Next(2)) : null;
        return new Ask(++_lastEntry, flow, NextLock(), way, timeout, token);
    }

    private Entry? FindDecided(World world) => Pick(world.Active.Where(static entry => !entry.IsTaken && entry.Frame.Fate is not Fate.Waiting));

    private Entry? FindTaken(World world) => Pick(world.Active.Where(static entry => entry.IsTaken));

    private Entry? FindAny(World world) => world.FindEntry(_random.Next(_lastEntry + 1)) is { IsTaken: true } entry ? entry : null;

    private Entry? Pick(IEnumerable<Entry> entries)
    {
        var choice = entries.ToArray();
        return choice.Length == 0 ? null : choice[_random.Next(choice.Length)];
    }

    private int NextFlow() => _random.Next(World.Flows);

    // A few tries for a flow that does what most would do there; for the rest any will do.
    private int NextFlow(Predicate<Flow> isLikely, World world)
    {
        var flow = NextFlow();
        for (var tries = 0; tries < 2 && !isLikely(world.FlowOf(flow)); tries++)
        {
            flow = NextFlow();
        }

        return flow;
    }

    private int NextLock() => _random.Next(_locks);
}
