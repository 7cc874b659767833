namespace Connections.Tests.Locking.Schedules;

/// <summary>A sequence of steps, and how it went. It ends at the first step after which lock and model disagree.</summary>
internal sealed class Schedule
{
    private readonly List<Step> _steps = [];
    private readonly List<string>? _trace;

    private Schedule(bool isTraced) => _trace = isTraced ? [] : null;

    public World World { get; } = new();

    /// <summary>The steps that were done.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>What the locks said of themselves after each step.</summary>
    public IReadOnlyList<string> Trace => _trace ?? throw new InvalidOperationException("The schedule was not traced.");

    /// <summary>How lock and model disagreed after the last step; null if they did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Plays so many steps that a seed settles, and then those that leave every lock.</summary>
    public static Schedule Play(int seed, int length, bool isTraced = false)
    {
        var schedule = new Schedule(isTraced);
        var dice = new Dice(seed);
        while (schedule.Failure is null && schedule._steps.Count < length)
        {
            schedule.Do(dice.Next(schedule.World));
        }

        while (schedule.Failure is null && dice.NextToEnd(schedule.World) is { } step)
        {
            schedule.Do(step);
        }

        schedule.Failure ??= schedule.World.FindRemains();
        return schedule;
    }

    /// <summary>Does given steps again, without those that are about something that is not there.</summary>
    public static Schedule Replay(IEnumerable<Step> steps)
    {
        var schedule = new Schedule(isTraced: false);
        foreach (var step in steps.TakeWhile(_ => schedule.Failure is null))
        {
            schedule.Do(step);
        }

        if (schedule.World.Active.Count == 0)
        {
            schedule.Failure ??= schedule.World.FindRemains();
        }

        return schedule;
    }

    private void Do(Step step)
    {
        try
        {
            if (World.TryDo(step))
            {
                _steps.Add(step);
                _trace?.Add($"{step} -> {World.Describe()}");
            }
        }
        catch (Exception error)
        {
            // Whatever the lock throws out of a step is a failure of the schedule, which is to be told with its steps.
            _steps.Add(step);
            Failure = error is DisagreementException ? error.Message : error.ToString();
        }
    }
}
