using Connections.Native.Rpc.Arbitration;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>Clients and servers of one name, any of which may die before any step of what it does, while others act between its steps.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RegistryTests
{
    private const ulong FirstContract = 0x1_0001;
    private const ulong OtherContract = 0x2_0001;
    private const int Acts = 120;

    [TestCase(0, TestName = "Nobody dies and every seat is there in the end and none is given out of turn")]
    [TestCase(20, TestName = "Whoever dies before whatever step no seat is lost and none is given twice or out of turn")]
    public void No_seat_is_lost(int mortality)
    {
        for (var seed = 0; seed < Thoroughness.Choose(3_000, 300_000); seed++)
        {
            new Play(seed, mortality).Run();
        }
    }

    [TestCase(true, TestName = "Who was given a place at a server that died before he took it is first again")]
    [TestCase(false, TestName = "Who has taken a place at a server that is found dead is first again")]
    public void Who_was_given_a_place_at_a_server_that_died_keeps_his_turn(bool isUntaken)
    {
        var world = new ModelWorld(0);
        var (first, second) = (new Registry(world.SeenBy(world.NewIdentity())), new Registry(world.SeenBy(world.NewIdentity())));
        var (one, other) = (first.JoinAsClient(1)!.Value, second.JoinAsClient(2)!.Value);
        var turn = first.Enqueue(one, FirstContract)!.Value;
        var later = second.Enqueue(other, FirstContract)!.Value;
        var dying = new ModelServer(world, FirstContract, 1);
        dying.Join(isLockFree: true);
        if (!isUntaken)
        {
            Assert.That(first.TryCollect(one, turn, out var taken), Is.True);
            turn = taken!.Value.Turn;
        }

        dying.Die();
        second.Sweep();
        turn = isUntaken ? turn : first.Enqueue(one, FirstContract, turn)!.Value;
        new ModelServer(world, FirstContract, 1).Join(isLockFree: true);

        Assert.That(second.TryCollect(other, later, out _), Is.False, "the one who came later waits");
        Assert.That(first.TryCollect(one, turn, out var claim), Is.True);
        Assert.That(claim, Is.Not.Null, "the one who came first is served");
        Assert.That(world.Overtakings, Is.Zero);
    }

    private sealed class Play
    {
        private readonly ModelWorld _world;
        private readonly List<ModelClient> _clients = [];
        private readonly List<ModelServer> _servers = [];
        private readonly HashSet<ModelClient> _busy = [];
        private readonly string _name;
        private int _depth;
        private bool _isEnding;

        public Play(int seed, int mortality)
        {
            _name = $"seed {seed}";
            _world = new ModelWorld(seed) { Mortality = mortality, Between = Interfere };
        }

        public void Run()
        {
            for (var i = 0; i < Acts; i++)
            {
                Act(isLockFree: true);
            }

            _isEnding = true;
            _world.Mortality = 0;
            Settle();
            Assert.Multiple(() =>
            {
                Assert.That(_world.Overtakings, Is.Zero, $"{_name}: out of turn");
                Assert.That(_servers.Sum(server => server.Overlaps), Is.Zero, $"{_name}: two calls on one seat");
                Assert.That(_clients.Where(client => client.IsAlive), Has.All.Matches<ModelClient>(client => client.IsIdle), $"{_name}: waits for ever");
                Assert.That(
                    _servers.Where(server => server.IsIn).Select(server => server.CountFree()),
                    Is.EqualTo(_servers.Where(server => server.IsIn).Select(server => server.Seats)),
                    $"{_name}: free seats");
            });
        }

        // All that live come to an end: calls are served and ended until nobody wants anything.
        private void Settle()
        {
            Add(new ModelServer(_world, FirstContract, 1));
            Add(new ModelServer(_world, OtherContract, 1));
            for (var round = 0; round < 50; round++)
            {
                _servers.Where(server => server.IsIn).ToList().ForEach(static server => server.Sweep());
                foreach (var client in _clients.Where(client => client is { IsAlive: true, IsIdle: false }).ToList())
                {
                    client.Act(true, FirstContract, wants: client.Claim is null);
                    Serve(client);
                }

                _servers.Where(server => server.IsIn).ToList().ForEach(static server => server.End());
            }
        }

        private void Interfere(bool isLockFree)
        {
            if (!_isEnding && _depth < 3 && _world.Random.Next(4) == 0)
            {
                Act(isLockFree);
            }
        }

        private void Act(bool isLockFree)
        {
            _depth++;
            try
            {
                ActOnce(isLockFree);
            }
            catch (ProcessDiedException)
            {
                // Whoever acted is dead; who was interrupted by it is not.
            }
            finally
            {
                _depth--;
            }
        }

        private void ActOnce(bool isLockFree)
        {
            var random = _world.Random;
            switch (random.Next(10))
            {
                case 0 when _clients.Count(static client => client.IsAlive) < 4:
                    _clients.Add(new ModelClient(_world));
                    break;
                case 1 when _servers.Count(static server => server.IsAlive) < 3:
                    Add(new ModelServer(_world, random.Next(3) == 0 ? OtherContract : FirstContract, random.Next(1, 3)));
                    break;
                case 2 when isLockFree:
                    Pick(_servers.Where(static server => server.IsIn))?.Sweep();
                    break;
                case 3 or 4:
                    Pick(_servers.Where(static server => server.IsIn))?.End();
                    break;
                default:
                    var client = Pick(_clients.Where(client => client.IsAlive && !_busy.Contains(client)));
                    Let(client, isLockFree);
                    break;
            }
        }

        // One thread each: a client does not begin anything in the middle of something.
        private void Let(ModelClient? client, bool isLockFree)
        {
            if (client is null || !_busy.Add(client))
            {
                return;
            }

            try
            {
                client.Act(isLockFree, _world.Random.Next(4) == 0 ? OtherContract : FirstContract, wants: _world.Random.Next(6) != 0);
                Serve(client);
            }
            finally
            {
                _busy.Remove(client);
            }
        }

        private void Serve(ModelClient client)
        {
            if (client is { IsAlive: true, Claim: { } claim } && (_isEnding || _world.Random.Next(2) == 0))
            {
                // A claim of a server that has died is used up, too.
                if (_servers.Any(server => server.Begin(claim)) || _servers.Any(server => !server.IsAlive && server.Owns(claim)))
                {
                    client.Used();
                }
            }
        }

        private void Add(ModelServer server)
        {
            _servers.Add(server);
            server.Join(isLockFree: _isEnding || _depth == 1);
        }

        private T? Pick<T>(IEnumerable<T> all)
            where T : class
        {
            var list = all.ToList();
            return list.Count == 0 ? null : list[_world.Random.Next(list.Count)];
        }
    }
}
