using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SnmpAgentTests : AgentFixture
{
    [Test]
    public async Task A_thousand_devices_on_one_port_answer_from_their_own_addresses()
    {
        var devices = Enumerable.Range(0, 1_000).Select(i => AddRouter($"r{i}", interfaces: 1)).ToList();
        using var client = new RawClient(devices[0].EndPoint);
        var byRequest = devices.ToDictionary(device => client.SendGet(Names.SysName, device.EndPoint));

        for (var i = 0; i < devices.Count; i++)
        {
            var response = await client.ReceiveAsync();
            Assert.That(byRequest.Remove(response.RequestId, out var device), Is.True);
            Assert.That(response.From, Is.EqualTo(device!.EndPoint));
            Assert.That(response.Value, Is.EqualTo(Text(device.Name)));
        }

        Assert.That(devices.Select(device => device.EndPoint.Port).Distinct().Count(), Is.EqualTo(1));
        Assert.That(devices.Select(device => device.EndPoint.Address).Distinct().Count(), Is.EqualTo(1_000));
    }

    [Test]
    public async Task Devices_at_one_address_get_ports_of_their_own()
    {
        var devices = Enumerable.Range(0, 3).Select(i => AddAt(IPAddress.Loopback, 0, $"r{i}")).ToList();

        Assert.That(devices.Select(device => device.EndPoint.Port).Distinct().Count(), Is.EqualTo(3));
        foreach (var device in devices)
        {
            using var client = new RawClient(device.EndPoint);
            Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text(device.Name)));
        }
    }

    [TestCase("127.9.8.7")]
    [TestCase("::1")]
    public async Task A_device_answers_at_the_address_it_was_given(string address)
    {
        var device = AddAt(IPAddress.Parse(address), 0);
        using var client = new RawClient(device.EndPoint);

        var response = await client.GetAsync(Names.SysName);

        Assert.That(response.From, Is.EqualTo(device.EndPoint));
        Assert.That(response.From.Address, Is.EqualTo(IPAddress.Parse(address)));
    }

    [Test]
    public async Task The_portable_transport_answers_too_with_a_socket_for_each_device()
    {
        await using var agent = new SnmpAgent(new SnmpAgentOptions { Portable = true });
        var devices = new[] { "127.0.0.1", "127.0.0.2", "::1" }.Select(address => agent.Add(new SimulatedDeviceOptions
        {
            Name = address,
            Data = SyntheticDevice.Create(address, 1),
            EndPoint = new IPEndPoint(IPAddress.Parse(address), 0),
        })).ToList();

        foreach (var device in devices)
        {
            using var client = new RawClient(device.EndPoint);
            var response = await client.GetAsync(Names.SysName);
            Assert.That((response.From, response.Value), Is.EqualTo((device.EndPoint, Text(device.Name))));
        }
    }

    [TestCase("0.0.0.0")]
    [TestCase("192.0.2.1")]
    [TestCase("::")]
    public void An_address_beyond_loopback_is_refused(string address) =>
        Assert.That(() => AddAt(IPAddress.Parse(address), 0), Throws.ArgumentException.With.Message.Contains(address).And.Message.Contains("loopback"));

    [Test]
    public void An_endpoint_of_another_device_is_refused_with_both_names()
    {
        var first = AddAt(IPAddress.Loopback, 0, "first");

        var thrown = Assert.Throws<AgentException>(() => AddAt(IPAddress.Loopback, first.EndPoint.Port, "second"));

        Assert.That(thrown.Device, Is.EqualTo("second"));
        Assert.That(thrown.Message, Does.Contain("first").And.Contain("second").And.Contain(first.EndPoint.ToString()));
    }

    [Test]
    public async Task An_endpoint_of_another_agent_is_refused_and_its_port_at_another_address_is_not()
    {
        var taken = AddAt(IPAddress.IPv6Loopback, 0);
        await using var portable = new SnmpAgent(new SnmpAgentOptions { Portable = true });
        var theirs = portable.Add(new SimulatedDeviceOptions { Name = "theirs", Data = SyntheticDevice.Create("theirs", 1) });

        Assert.That(() => AddAt(taken.EndPoint.Address, taken.EndPoint.Port), Throws.TypeOf<AgentException>());
        Assert.That(() => AddAt(theirs.EndPoint.Address, theirs.EndPoint.Port), Throws.TypeOf<AgentException>());
        Assert.That(AddAt(IPAddress.Parse("127.0.0.77"), theirs.EndPoint.Port).EndPoint.Port, Is.EqualTo(theirs.EndPoint.Port));
    }

    [Test]
    public async Task What_is_no_request_is_dropped_and_counted()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        client.SendOctets([]);
        client.SendOctets([0x30, 0x82, 0xFF]);
        client.SendOctets(new byte[20_000]);
        client.Send(PduType.Response, []);
        client.Send(PduType.TrapV2, []);

        Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("r1")));
        Assert.That((device.Malformed, device.RequestsSeen), Is.EqualTo((5, 1)));
    }

    [Test]
    public async Task A_wrong_community_meets_silence_and_is_counted()
    {
        var device = AddRouter();
        using var wrong = new RawClient(device.EndPoint) { Community = "publi" };
        using var right = new RawClient(device.EndPoint);
        wrong.SendGet(Names.SysName);

        await right.GetAsync(Names.SysName);

        Assert.That((device.WrongCommunities, device.RequestsSeen), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_datagram_to_an_address_without_a_device_is_counted_and_dropped()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        client.SendGet(Names.SysName, new IPEndPoint(IPAddress.Parse("127.250.250.250"), device.EndPoint.Port));

        await client.GetAsync(Names.SysName);

        Assert.That(Agent.Unclaimed, Is.EqualTo(1));
    }

    [Test]
    public async Task An_agent_that_was_disposed_is_gone()
    {
        var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r", Data = SyntheticDevice.Create("r", 1) });
        await agent.DisposeAsync();
        await agent.DisposeAsync();

        Assert.That(agent.Completion.IsCompletedSuccessfully, Is.True);
        Assert.That(() => agent.Add(new SimulatedDeviceOptions { Name = "s", Data = device.Data }), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(AddAt(device.EndPoint.Address, device.EndPoint.Port).EndPoint, Is.EqualTo(device.EndPoint), "the port is free again");
    }

    [Test]
    public async Task An_observer_that_throws_ends_the_agent_with_its_error()
    {
        var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions
        {
            Name = "r",
            Data = SyntheticDevice.Create("r", 1),
            Observer = _ => throw new InvalidOperationException("observed"),
        });
        using var client = new RawClient(device.EndPoint);
        client.SendGet(Names.SysName);

        Assert.That(
            async () => await agent.Completion.WaitAsync(TimeSpan.FromSeconds(30)),
            Throws.InvalidOperationException.With.Message.EqualTo("observed"));
    }

    private SimulatedDevice AddAt(IPAddress address, int port, string name = "r") => Agent.Add(new SimulatedDeviceOptions
    {
        Name = name,
        Data = SyntheticDevice.Create(name, 1),
        EndPoint = new IPEndPoint(address, port),
    });
}
