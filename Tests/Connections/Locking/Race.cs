namespace Connections.Tests.Locking;

/// <summary>
/// Runs two actions at the same moment, lane after lane, on two threads that take turns with them. Told who won, it holds the winner back
/// a little longer the next time, so that both win about as often on any machine, and the two keep meeting where it hurts.
/// </summary>
internal sealed class Race : IDisposable
{
    private const int LongestDelay = 5_000;
    private const int Step = 5;
    private const int Spins = 1_000;

    // By how much the thread of the caller waits for the other one, apart for each way to share the actions out.
    private readonly int[] _bias = new int[2];
    private readonly Random _random;
    private readonly Task _other;
    private Action? _action;
    private int _otherDelay;
    private int _rounds;
    private volatile int _asked;
    private volatile int _started;
    private volatile int _finished;

    public Race(int seed)
    {
        _random = new Random(seed);
        _other = Flows.StartThread(RunOther);
    }

    private bool IsSwapped => _rounds % 2 == 1;

    /// <summary>Runs both in every lane, each a little irregularly so that they overtake each other, and returns when both have ended.</summary>
    public void Run(Action<int> first, Action<int> second, int lanes)
    {
        _rounds++;
        var (mine, others) = IsSwapped ? (second, first) : (first, second);
        var delay = _bias[_rounds % 2] + _random.Next(-10 * Step, (10 * Step) + 1);
        _otherDelay = Math.Max(0, -delay);
        var pace = NextPace(lanes);
        _action = InLanes(others, NextPace(lanes));
        _asked = _rounds;
        SpinUntil(() => _started == _rounds);

        Thread.SpinWait(Math.Max(0, delay));
        InLanes(mine, pace)();
        SpinUntil(() => _finished == _rounds);
    }

    /// <summary>Tells who won most lanes of the last run.</summary>
    public void Tell(bool firstWon)
    {
        ref var bias = ref _bias[_rounds % 2];
        bias = Math.Clamp(bias + (firstWon == IsSwapped ? -Step : Step), -LongestDelay, LongestDelay);
    }

    private int[] NextPace(int lanes) => [.. Enumerable.Range(0, lanes).Select(_ => _random.Next(Step))];

    private static Action InLanes(Action<int> action, int[] pace) => () =>
    {
        for (var lane = 0; lane < pace.Length; lane++)
        {
            Thread.SpinWait(pace[lane]);
            action(lane);
        }
    };

    public void Dispose()
    {
        _asked = -1;
        Assert.That(_other.Wait(TimeSpan.FromSeconds(30)), Is.True);
    }

    private void RunOther()
    {
        for (var round = 1; ; round++)
        {
            Spin(() => _asked == round || _asked < 0);
            if (_asked < 0)
            {
                return;
            }

            _started = round;
            Thread.SpinWait(_otherDelay);
            _action!();
            _finished = round;
        }
    }

    // An action that threw has ended the other thread, and what is waited for will not come.
    private void SpinUntil(Func<bool> condition)
    {
        Spin(() => condition() || _other.IsFaulted);
        if (_other.IsFaulted)
        {
            _other.GetAwaiter().GetResult();
        }
    }

    private static void Spin(Func<bool> condition)
    {
        for (var spins = 0; !condition(); spins++)
        {
            if (spins < Spins)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
