using Connections.Native.Rpc.Arbitration;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>One who waits for long, while many others come and go.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class LongWaitTests
{
    private const ulong Busy = 0x1_0001;
    private const ulong Served = 0x2_0001;
    private const int Others = 2 * RegistryLayout.MostTickets;

    private readonly PlainMemory _memory = new();

    [Test]
    public void One_who_waits_for_long_keeps_nobody_else_from_waiting_and_is_the_first_in_the_end()
    {
        var registry = new Registry(_memory);
        var client = registry.JoinAsClient(1)!.Value;
        var first = registry.Enqueue(client, Busy)!.Value;
        registry.JoinAsServer(3, 3, 1, [Served]);
        for (var i = 0; i < Others; i++)
        {
            _memory.ForgetReads();
            ServeTwo(registry, client);
        }

        var second = registry.Enqueue(client, Busy)!.Value;
        Assert.That(Registry.CountWaiting(_memory.Read), Is.EqualTo(2));
        registry.JoinAsServer(5, 5, 1, [Busy]);

        Assert.That(registry.TryCollect(client, second, out _), Is.False, "the one who came last waits");
        Assert.That(registry.TryCollect(client, first, out var claim), Is.True);
        Assert.That(claim, Is.Not.Null, "the one who came first is served");
        Assert.That(registry.TryBegin(claim!.Value.Server, claim.Value.Seat, claim.Value.Word, out var running), Is.True);
        registry.Free(claim.Value.Server, claim.Value.Seat, running);
        Assert.That(registry.TryCollect(client, second, out claim), Is.True);
        Assert.That(claim, Is.Not.Null, "the one who came last is next");
    }

    [Test]
    public void As_many_can_wait_as_there_are_places_and_no_more()
    {
        var registry = new Registry(_memory);
        var client = registry.JoinAsClient(1)!.Value;
        var tickets = Enumerable.Range(0, RegistryLayout.MostTickets).Select(_ => Enqueue(registry, client)).ToList();

        Assert.That(tickets, Has.None.Null);
        Assert.That(Enqueue(registry, client), Is.Null);
        registry.Withdraw(client, tickets[^2]!.Value);
        Assert.That(Enqueue(registry, client), Is.Not.Null);
        Assert.That(Enqueue(registry, client), Is.Null);
    }

    private ulong? Enqueue(Registry registry, int client)
    {
        _memory.ForgetReads();
        return registry.Enqueue(client, Busy);
    }

    // The second one waits for the first.
    private static void ServeTwo(Registry registry, int client)
    {
        var (one, two) = (registry.Enqueue(client, Served)!.Value, registry.Enqueue(client, Served)!.Value);
        Assert.That(registry.TryCollect(client, two, out _), Is.False, "before its turn");
        foreach (var ticket in new[] { one, two })
        {
            Assert.That(registry.TryCollect(client, ticket, out var claim), Is.True);
            Assert.That(registry.TryBegin(claim!.Value.Server, claim.Value.Seat, claim.Value.Word, out var running), Is.True);
            registry.Free(claim.Value.Server, claim.Value.Seat, running);
        }
    }
}
