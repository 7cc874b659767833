using Connections.Native.Rpc.Arbitration;
using Connections.Native.SharedMemory;
using Connections.Native.Tests.SharedMemory;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>A registry into whose memory somebody writes anything.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostileRegistryTests
{
    private const int States = 32;
    private const int Clients = 3;
    private const int Servers = 2;
    private const int Seats = 3;
    private const int NearTickets = 40;

    // A long run has several shorter ones.
    private static readonly int[] Seeds = [.. Enumerable.Range(1, Thoroughness.Choose(1, 10))];
    private static readonly int Rounds = Thoroughness.HostileInputs / Seeds.Length;

    private static readonly HashSet<ulong> None = [];
    private static readonly int[] WordsThatMatter = [.. WordsInUse().Select(static word => word * sizeof(ulong))];

    [TestCaseSource(nameof(Seeds))]
    public void Whatever_is_written_into_it_every_step_comes_to_its_end_or_to_a_typed_error(int seed)
    {
        var random = new Random(seed);
        var states = Enumerable.Range(0, States).Select(NewState).ToList();
        var memory = new PlainMemory();
        var registry = new Registry(memory);
        var steps = StepsOf(registry, memory, random);
        var (done, refused) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            memory.Restore(states[round % States]);
            Scribble.Over(memory.Bytes, WordsThatMatter, random);
            random.Shuffle(steps);
            foreach (var step in steps)
            {
                memory.ForgetReads();
                try
                {
                    step();
                    done++;
                }
                catch (SharedMemoryException)
                {
                    refused++;
                }
            }
        }

        Assert.That(done, Is.GreaterThan(Rounds), "the inputs reach both outcomes");
        Assert.That(refused, Is.GreaterThan(Rounds / 10), "the inputs reach both outcomes");
    }

    [Test]
    public void Every_row_and_place_has_words_of_its_own_and_what_is_beyond_them_has_none()
    {
        var all = new List<int> { RegistryLayout.Head, RegistryLayout.Tail };
        all.AddRange(Enumerable.Range(0, RegistryLayout.MostClients).SelectMany(static client => new[] { RegistryLayout.Client(client), RegistryLayout.Bell(client) }));
        all.AddRange(Enumerable.Range(0, RegistryLayout.MostServers).SelectMany(WordsOf));
        all.AddRange(Enumerable.Range(0, RegistryLayout.MostTickets).SelectMany(static place => new[] { RegistryLayout.Ticket((ulong)place), RegistryLayout.Wanted((ulong)place) }));

        Assert.That(all, Is.Unique);
        Assert.That(all, Has.All.InRange(Segment.HeaderSize / sizeof(ulong), RegistryLayout.Words - 1));
        Assert.That(
            new[]
            {
                RegistryLayout.Client(RegistryLayout.MostClients), RegistryLayout.Bell(-1), RegistryLayout.Server(RegistryLayout.MostServers),
                RegistryLayout.Instance(255), RegistryLayout.Capacity(-1), RegistryLayout.IsClosing(64), RegistryLayout.Contract(0, RegistryLayout.MostContracts),
                RegistryLayout.Contract(255, 0), RegistryLayout.Seat(0, RegistryLayout.MostSeats), RegistryLayout.Seat(255, 0), RegistryLayout.Seat(0, -1),
            },
            Has.All.Negative);
    }

    // All that a process can do with a registry.
    private static Action[] StepsOf(Registry registry, PlainMemory memory, Random random)
    {
        int Client() => random.Next(Clients);
        int Server() => random.Next(Servers);
        int Seat() => random.Next(Seats);
        ulong Contract() => (ulong)random.Next(1, 4);
        ulong Ticket() => memory.Read(RegistryLayout.Tail) - (ulong)random.Next(0, NearTickets);
        SeatWord Word(int server, int seat) => new(memory.Read(RegistryLayout.Seat(server, seat)));
        return
        [
            () => registry.TryClaim(Client(), Contract(), random.Next(RegistryLayout.MostServers), None),
            () => registry.Enqueue(Client(), Contract()),
            () => registry.Enqueue(Client(), Contract(), Ticket()),
            () => registry.TryCollect(Client(), Ticket(), out _),
            () => registry.Withdraw(Client(), Ticket()),
            () => registry.TryBegin(0, 1, Word(0, 1), out _),
            () => registry.Free(1, 0, Word(1, 0)),
            () => registry.Free(Server(), Seat(), Word(0, 0)),
            () => registry.Find(Contract()),
            () => registry.Instances(),
            () => registry.Close(Server()),
            registry.Sweep,
            () => registry.JoinAsClient(1),
            () => registry.JoinAsServer(1, 1, Seats, [1, 2]),
            () => registry.LeaveAsClient(Client()),
            () => registry.LeaveAsServer(Server()),
            () => Registry.CountWaiting(memory.Read),
        ];
    }

    // Clients that wait and are served, in some states one far behind the others.
    private static ulong[] NewState(int seed)
    {
        var random = new Random(seed);
        var memory = new PlainMemory();
        var registry = new Registry(memory);
        Enumerable.Range(0, Clients).ToList().ForEach(client => registry.JoinAsClient((2 * (ulong)client) + 1));
        Enumerable.Range(0, Servers).ToList().ForEach(server => registry.JoinAsServer((2 * (ulong)server) + 1, (ulong)server, Seats, [(ulong)server + 1]));
        for (var i = random.Next(4) == 0 ? 3 * RegistryLayout.MostTickets : random.Next(NearTickets); i > 0; i--)
        {
            var client = random.Next(Clients);
            memory.ForgetReads();
            if (registry.TryClaim(client, (ulong)random.Next(1, 3), 0, None) is { } claim)
            {
                registry.TryBegin(claim.Server, claim.Seat, claim.Word, out _);
            }
            else if (registry.Enqueue(client, (ulong)random.Next(1, 4)) is { } ticket && i > NearTickets / 2 && random.Next(NearTickets) != 0)
            {
                registry.Withdraw(client, ticket);
            }
        }

        return memory.Save();
    }

    private static IEnumerable<int> WordsInUse() =>
        Enumerable.Repeat(new[] { RegistryLayout.Head, RegistryLayout.Tail }, NearTickets / 2).SelectMany(static words => words)
            .Concat(Enumerable.Range(0, Clients).Select(RegistryLayout.Client))
            .Concat(Enumerable.Range(0, Servers).SelectMany(static server => WordsOf(server).Take(5 + Seats)))
            .Concat(Enumerable.Range(0, NearTickets).SelectMany(static place => new[] { RegistryLayout.Ticket((ulong)place), RegistryLayout.Wanted((ulong)place) }));

    private static IEnumerable<int> WordsOf(int server) =>
        new[] { RegistryLayout.Server(server), RegistryLayout.Instance(server), RegistryLayout.Capacity(server), RegistryLayout.IsClosing(server), RegistryLayout.Contract(server, 0) }
            .Concat(Enumerable.Range(0, RegistryLayout.MostSeats).Select(seat => RegistryLayout.Seat(server, seat)))
            .Concat(Enumerable.Range(1, RegistryLayout.MostContracts - 1).Select(index => RegistryLayout.Contract(server, index)));
}
