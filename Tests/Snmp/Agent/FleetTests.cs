using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class FleetTests : AgentFixture
{
    private static readonly SimulatedDeviceOptions Template = new()
    {
        Name = "host",
        Data = SyntheticDevice.Create("host", 1),
        EndPoint = new IPEndPoint(IPAddress.Parse("127.1.0.254"), 0),
        Seed = 10,
    };

    [Test]
    public void Repeated_devices_follow_each_other_and_share_their_variables()
    {
        var devices = Agent.AddRange(Template.Repeat(3));

        Assert.That(devices.Select(device => device.Name), Is.EqualTo(new[] { "host-1", "host-2", "host-3" }));
        Assert.That(devices.Select(device => device.EndPoint.Address.ToString()), Is.EqualTo(new[] { "127.1.0.254", "127.1.0.255", "127.1.1.0" }));
        Assert.That(devices.Select(device => device.EndPoint.Port).Distinct().Count(), Is.EqualTo(1));
        Assert.That(devices.Select(device => device.Data), Is.All.SameAs(Template.Data));
        Assert.That(Template.Repeat(3).Select(options => options.Seed), Is.EqualTo(new[] { 10, 11, 12 }));
        Assert.That(Agent.Devices, Is.EqualTo(devices));
    }

    [Test]
    public void Devices_that_would_leave_loopback_are_refused() =>
        Assert.That(
            () => Agent.AddRange((Template with { EndPoint = new IPEndPoint(IPAddress.Parse("127.255.255.254"), 0) }).Repeat(3)),
            Throws.ArgumentException.With.Message.Contains("host-3").And.Message.Contains("128.0.0.0"));

    [Test]
    public void Without_an_endpoint_each_gets_one_of_its_own() =>
        Assert.That(
            Agent.AddRange((Template with { EndPoint = null }).Repeat(100)).Select(device => device.EndPoint).Distinct().Count(), Is.EqualTo(100));

    [Test]
    public async Task Each_of_five_thousand_devices_answers_and_a_device_takes_little_memory()
    {
        const int Count = 5_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var devices = Agent.AddRange(Template.Repeat(Count));
        var perDevice = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        using var client = new RawClient(devices[0].EndPoint);

        foreach (var some in devices.Chunk(100))
        {
            var waiting = some.ToDictionary(device => client.SendGet(Names.SysName, device.EndPoint), device => device.EndPoint);
            while (waiting.Count > 0)
            {
                var answer = await client.ReceiveAsync();
                Assert.That(waiting.Remove(answer.RequestId, out var asked) && answer.From.Equals(asked), answer.ToString());
            }
        }

        Assert.That(devices.Select(device => device.RequestsSeen), Is.All.EqualTo(1));
        Assert.That(perDevice, Is.LessThan(4_096), "octets on the heap");
    }

    [Test]
    public async Task Answers_beyond_what_may_wait_are_dropped_and_counted()
    {
        await using var agent = new SnmpAgent(new SnmpAgentOptions { MaxDelayed = 3 });
        var device = agent.Add(Template with { Latency = TimeSpan.FromHours(1) });
        var witness = agent.Add(Template with { EndPoint = null });
        using var client = new RawClient(device.EndPoint);
        using var other = new RawClient(witness.EndPoint);
        for (var i = 0; i < 5; i++)
        {
            client.SendGet(Names.SysName);
        }

        while (device.RequestsSeen < 5)
        {
            await other.GetAsync(Names.SysName);
        }

        Assert.That((agent.Dropped, device.InFlight), Is.EqualTo((2, 3)));
    }
}
