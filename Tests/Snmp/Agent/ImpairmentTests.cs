using System.Collections.Concurrent;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class ImpairmentTests : AgentFixture
{
    private static readonly TimeSpan NeverInThisTest = TimeSpan.FromHours(1);

    [Test]
    public async Task A_slow_device_does_not_delay_another()
    {
        var slow = Agent.Add(Router("slow") with { Latency = NeverInThisTest });
        var quick = Agent.Add(Router("quick"));
        using var client = new RawClient(quick.EndPoint);
        client.SendGet(Names.SysName, slow.EndPoint);

        for (var i = 0; i < 100; i++)
        {
            Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("quick")));
        }

        Assert.That((slow.RequestsSeen, slow.InFlight, quick.InFlight), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task One_device_answers_in_order_of_arrival_and_its_requests_in_flight_are_counted()
    {
        var device = Agent.Add(Router("r") with { Latency = TimeSpan.FromMilliseconds(50) });
        using var client = new RawClient(device.EndPoint);
        var sent = Enumerable.Range(0, 20).Select(_ => client.SendGet(Names.SysName)).ToList();

        var answered = new List<int>();
        for (var i = 0; i < sent.Count; i++)
        {
            answered.Add((await client.ReceiveAsync()).RequestId);
        }

        Assert.That(answered, Is.EqualTo(sent));
        Assert.That((device.RequestsSeen, device.InFlight), Is.EqualTo((20, 0)));
        Assert.That(device.MaxInFlight, Is.InRange(1, 20));
    }

    [Test]
    public async Task The_most_in_flight_is_what_was_ever_in_flight_together()
    {
        var device = Agent.Add(Router("r") with { Latency = NeverInThisTest });
        using var client = new RawClient(device.EndPoint);
        for (var i = 0; i < 5; i++)
        {
            client.SendGet(Names.SysName);
        }

        var quick = Agent.Add(Router("quick"));
        using var other = new RawClient(quick.EndPoint);
        do
        {
            await other.GetAsync(Names.SysName);
        }
        while (device.RequestsSeen < 5);

        Assert.That((device.InFlight, device.MaxInFlight), Is.EqualTo((5, 5)));
    }

    [Test]
    public async Task Sequential_requests_are_never_in_flight_together()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        for (var i = 0; i < 200; i++)
        {
            await client.GetAsync(Names.SysName);
        }

        Assert.That((device.RequestsSeen, device.InFlight, device.MaxInFlight), Is.EqualTo((200, 0, 1)));
    }

    [Test]
    public async Task Loss_repeats_for_a_seed()
    {
        var first = await LostOfAsync(Agent.Add(Router("r") with { Loss = 0.3, Seed = 5 }));
        var again = await LostOfAsync(Agent.Add(Router("r") with { Loss = 0.3, Seed = 5 }));
        var other = await LostOfAsync(Agent.Add(Router("r") with { Loss = 0.3, Seed = 6 }));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        Assert.That(first.Count(lost => lost), Is.InRange(30, 90), "of 200, with a probability of 0.3");
    }

    [Test]
    public void A_probability_that_is_none_is_refused() =>
        Assert.That(() => Agent.Add(Router("r") with { Loss = 1.5 }), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task An_observer_sees_requests_in_order_of_arrival()
    {
        var seen = new ConcurrentQueue<ArrivedRequest>();
        var device = Agent.Add(Router("r") with { Observer = seen.Enqueue });
        using var client = new RawClient(device.EndPoint);
        await client.GetAsync(Names.SysName, Names.SysDescr);
        await client.GetBulkAsync(0, 1, Names.IfEntry);
        await client.GetAsync();

        Assert.That(seen.Select(request => (request.Device, request.Order, request.Type, request.FirstName.ToString())), Is.EqualTo(new[]
        {
            (device, 1L, PduType.Get, Names.SysName),
            (device, 2L, PduType.GetBulk, Names.IfEntry),
            (device, 3L, PduType.Get, ""),
        }));
        Assert.That(seen.Select(request => request.Source), Is.All.EqualTo(client.LocalEndPoint));
    }

    /// <summary>Which of 200 requests were lost: after each, a request to another device on the same thread tells that its turn has passed.</summary>
    private async Task<List<bool>> LostOfAsync(SimulatedDevice device)
    {
        var quick = Agent.Add(Router("quick"));
        using var lossy = new RawClient(device.EndPoint);
        using var client = new RawClient(quick.EndPoint);
        var lost = new List<bool>();
        for (var i = 1; i <= 200; i++)
        {
            var before = device.Lost;
            lossy.SendGet(Names.SysName);
            do
            {
                await client.GetAsync(Names.SysName);
            }
            while (device.Lost + device.RequestsSeen < i);
            lost.Add(device.Lost > before);
        }

        return lost;
    }

    private static SimulatedDeviceOptions Router(string name) => new() { Name = name, Data = SyntheticDevice.Create(name, 1) };
}
