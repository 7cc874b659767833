using Connections.Native.Sync;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>
/// Goes through every state that a scenario can come to, whoever takes the next step and whoever is killed before it, and asserts what must
/// hold in each: see <see cref="Moves"/>, <see cref="AssertNobodySleepsForEver"/> and <see cref="AssertANewcomerFindsAllWell"/>.
/// </summary>
internal sealed class Exploration
{
    private const int LongestWayOfANewcomer = 200;

    private readonly Scenario _scenario;
    private readonly Moves _moves;
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly HashSet<UInt128> _metByANewcomer = [];
    private readonly List<bool> _isAtRest = [];
    private readonly List<List<int>> _comesFrom = [];
    private readonly Stack<(ModelState State, int Number)> _open = new();

    private Exploration(Scenario scenario)
    {
        _scenario = scenario;
        _moves = new Moves(scenario);
    }

    /// <summary>The last states, in which nobody has anything left to do.</summary>
    public List<ModelState> Ends { get; } = [];

    /// <summary>How many states there were.</summary>
    public int States => _numbers.Count;

    public static Exploration Of(Scenario scenario)
    {
        var exploration = new Exploration(scenario);
        exploration.Run();
        exploration.AssertNobodySleepsForEver();
        return exploration;
    }

    private void Run()
    {
        Find(_scenario.Start(), from: null);
        while (_open.TryPop(out var current))
        {
            var (state, number) = current;
            AssertANewcomerFindsAllWell(state);
            for (var i = 0; i < state.Threads.Length; i++)
            {
                if (state.IsAlive(state.Threads[i]) && state.Threads[i].Place != Place.Ended)
                {
                    Follow(state, number, i);
                }
            }

            if (state.Kills < _scenario.Kills)
            {
                KillEach(state);
            }
        }
    }

    // That a sleeper is helped by somebody who happens to come by does not count: nobody has to come. So a first step into anything but
    // unlocking is no way out.
    private void Follow(ModelState state, int number, int thread)
    {
        var act = _moves.ActOf(state.Threads[thread], thread);
        var begins = state.Threads[thread].Place == Place.Start && act != Act.Unlock && !(act == Act.Cancel && _scenario.IsCancelledInTheEnd);
        foreach (var next in _moves.Of(state, thread))
        {
            Find(next, begins ? null : number);
        }
    }

    private void KillEach(ModelState state)
    {
        for (var process = 0; process < _scenario.Processes.Length; process++)
        {
            if (!state.Processes[process].IsDead)
            {
                var next = state.Clone();
                next.Kill(process);
                next.Kills++;
                Find(next, from: null);
            }
        }
    }

    private void Find(ModelState state, int? from)
    {
        var digest = state.Digest;
        if (!_numbers.TryGetValue(digest, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(digest, number);
            _comesFrom.Add([]);
            _open.Push((state, number));
            _isAtRest.Add(Array.TrueForAll(state.Threads, thread => !state.IsAlive(thread) || thread.Place is Place.Start or Place.Ended));
            if (Array.TrueForAll(state.Threads, thread => !state.IsAlive(thread) || thread.Place is Place.Ended))
            {
                Ends.Add(state);
            }
        }

        if (from is { } origin)
        {
            _comesFrom[number].Add(origin);
        }
    }

    private void AssertNobodySleepsForEver()
    {
        var isWell = _isAtRest.ToArray();
        var well = new Stack<int>(Enumerable.Range(0, isWell.Length).Where(number => isWell[number]));
        while (well.TryPop(out var number))
        {
            foreach (var origin in _comesFrom[number].Where(origin => !isWell[origin]))
            {
                isWell[origin] = true;
                well.Push(origin);
            }
        }

        Assert.That(isWell.Count(static well => !well), Is.Zero, "states out of which somebody waits for ever");
    }

    /// <summary>
    /// All are killed, and another comes: it has the lock at once, is told if the one before was lost, and leaves nothing behind.
    /// </summary>
    private void AssertANewcomerFindsAllWell(ModelState state)
    {
        state = state.Clone();
        var newcomer = _scenario.Processes.Length;
        for (var process = 0; process < newcomer; process++)
        {
            if (!state.Processes[process].IsDead)
            {
                state.Kill(process);
            }
        }

        if (!_metByANewcomer.Add(state.SharedDigest))
        {
            return;
        }

        var found = state.Name;
        var world = new ModelWorld(state, newcomer, _scenario.Slots, 0);
        var identity = ModelWorld.IdentityOf(newcomer);
        var opening = new Opening(HybridLockMode.ConnectOrCreate, identity, ownsNew: false);
        Assert.That(Drive(() => opening.Step(ref world)), Is.EqualTo(LockStep.Done));
        var segment = state.Processes[newcomer].Segment;
        for (var slot = 1; slot <= _scenario.Slots; slot++)
        {
            Assert.That(state.Segments[segment].Slots[slot - 1], Is.EqualTo(slot == opening.Slot ? identity : 0), "a slot of the dead was not reclaimed");
        }

        var acquisition = new Acquisition(opening.Slot);
        Assert.That(Drive(() => acquisition.Step(ref world)), Is.EqualTo(LockStep.Done));
        Assert.That(
            acquisition.PreviousOwnerWasLost || segment != found || !state.Segments[segment].IsLost, "a newcomer was not told that the one before was lost");
        var release = new Release(opening.Slot, acquisition.Word.Generation);
        Assert.That(Drive(() => release.Step(ref world)), Is.EqualTo(LockStep.Done));
        var leaving = new Leaving(opening.Slot, identity);
        Assert.That(Drive(() => leaving.Step(ref world)), Is.EqualTo(LockStep.Done));
        world.Remove();
        Assert.That(state.Name, Is.EqualTo(ModelState.Nowhere));
    }

    private static LockStep Drive(Func<LockStep> step)
    {
        for (var i = 0; i < LongestWayOfANewcomer; i++)
        {
            if (step() is var outcome && outcome != LockStep.More)
            {
                return outcome;
            }
        }

        return LockStep.More;
    }
}
