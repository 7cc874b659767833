using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Engines, clocks, users and contexts of simulated devices.</summary>
internal sealed class SecuredDeviceTests : SecuredFixture
{
    [Test]
    public void Each_device_has_an_engine_of_its_own_unless_one_is_given_to_several()
    {
        var own = Agent.AddRange(Template.Repeat(300));
        var shared = Agent.AddRange((Template with { EngineId = SnmpEngineId.Parse("8000000001") }).Repeat(2));

        Assert.That(own.Select(device => device.EngineId).Distinct().Count(), Is.EqualTo(300));
        Assert.That(own.Select(device => device.EngineId.Octets.Length), Is.All.InRange(5, 32));
        Assert.That(shared.Select(device => device.EngineId.ToString()), Is.All.EqualTo("8000000001"));
    }

    [Test]
    public async Task Devices_with_one_engine_ID_keep_clocks_counters_and_values_of_their_own()
    {
        var devices = Agent.AddRange((Template with { EngineId = SnmpEngineId.Parse("8000000001") }).Repeat(2));
        devices[1].Restart();
        using var first = await MeetAsync(devices[0]);
        using var second = await MeetAsync(devices[1]);

        await first.SetAsync((Names.SysName, Text("first")));

        Assert.That((await first.GetAsync(Engine + ".2.0")).Value, Is.EqualTo(SnmpValue.Integer32(1)));
        Assert.That((await second.GetAsync(Engine + ".2.0")).Value, Is.EqualTo(SnmpValue.Integer32(2)));
        Assert.That((await second.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("r1")));
    }

    [Test]
    public async Task After_a_restart_boots_are_one_more_time_is_zero_and_the_old_clock_is_refused()
    {
        var device = Agent.Add(Template with { Boots = 41 });
        using var client = await MeetAsync(device);
        Assert.That((await client.GetAsync(Names.SysName)).Outcome, Is.EqualTo(UsmOutcome.Accepted));

        device.Restart();
        var refused = await client.GetAsync(Names.SysName);
        var again = await client.GetAsync(Names.SysName);

        Assert.That((refused.Outcome, refused.Time), Is.EqualTo((UsmOutcome.TimeSynchronized, (42, 0))));
        Assert.That((again.Outcome, again.Time), Is.EqualTo((UsmOutcome.Accepted, (42, 0))));
        Assert.That((device.Boots, device.EngineTime), Is.EqualTo((42, 0)));
    }

    [TestCase(600)]
    [TestCase(-600)]
    public async Task A_step_of_the_clock_moves_the_engine_time_both_ways(int seconds)
    {
        var device = AddSecured(Admin);
        device.Restart();
        Clock.Advance(TimeSpan.FromHours(1));
        using var client = await MeetAsync(device);

        device.StepClock(TimeSpan.FromSeconds(seconds));
        var refused = await client.GetAsync(Names.SysName);

        Assert.That(refused.Time, Is.EqualTo((2, 3600 + seconds)));
        Assert.That(refused.VarBinds.Single().Oid.ToString(), Is.EqualTo(NotInTimeWindows));
        Assert.That(device.EngineTime, Is.EqualTo(3600 + seconds));
    }

    [Test]
    public async Task Boots_that_have_reached_their_end_accept_nothing_that_is_signed()
    {
        var device = Agent.Add(Template with { Boots = int.MaxValue });
        using var client = await MeetAsync(device);

        Assert.That((await client.GetAsync(Names.SysName)).VarBinds.Single().Oid.ToString(), Is.EqualTo(NotInTimeWindows));
    }

    [Test]
    public async Task A_write_in_one_context_leaves_the_others_alone()
    {
        var device = Agent.Add(Template with { Contexts = new Dictionary<string, MibData> { ["copy"] = Template.Data } });
        using var client = await MeetAsync(device, Admin with { ContextName = "copy" });

        Assert.That((await client.SetAsync((Names.SysName, Text("copied")))).Status, Is.EqualTo(SnmpErrorStatus.NoError));
        device.Write(Oid.Parse(Names.SysContact), Text("someone"), "copy");

        Assert.That(device.TryRead(Oid.Parse(Names.SysName), out var there, "copy") && there == Text("copied"));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("r1")));
        Assert.That((await client.GetAsync(Names.SysContact)).Value, Is.EqualTo(Text("someone")));
        Assert.That((await client.GetAsync(Engine + ".1.0")).Value.Type, Is.EqualTo(SnmpType.NoSuchObject), "the engine is told of in the default context");
        Assert.That(device.ChecksumUnder(Oid.Parse(Names.System), "copy"), Is.Not.EqualTo(device.ChecksumUnder(Oid.Parse(Names.System))));
        Assert.That(() => device.TryRead(default, out _, "none"), Throws.ArgumentException.With.Message.Contains("none"));
    }

    [Test]
    public async Task An_answer_is_no_larger_than_the_manager_takes()
    {
        var device = AddSecured(Admin);
        using var client = new UserClient(Admin, device.EndPoint, Clock) { AnnouncedSize = 600 };
        await client.DiscoverAsync();

        var bulk = await client.GetBulkAsync(100, Names.IfEntry);
        var get = await client.GetAsync([.. Enumerable.Repeat(Names.SysDescr, 20)]);

        Assert.That(bulk.Length, Is.InRange(520, 600));
        Assert.That((get.Outcome, get.Status), Is.EqualTo((UsmOutcome.Accepted, SnmpErrorStatus.TooBig)));
    }

    [Test]
    public async Task An_observer_is_told_who_asks_for_which_context()
    {
        var seen = new List<ArrivedRequest>();
        var device = Agent.Add(Template with
        {
            Contexts = new Dictionary<string, MibData> { ["blue"] = Template.Data },
            Observer = seen.Add,
        });
        using var client = await MeetAsync(device, Admin with { ContextName = "blue" });

        await client.GetAsync(Names.SysName);

        var request = seen.Single();
        Assert.That((request.Version, request.User?.Name, request.ContextName), Is.EqualTo((SnmpVersion.V3, "admin", "blue")));
    }

    [Test]
    public async Task Requests_that_come_before_the_keys_are_made_are_answered_in_their_order()
    {
        // A password that no other test uses, and keys that are stretched, so that making them takes milliseconds.
        var user = Pairs.User(AuthenticationProtocol.Md5, PrivacyProtocol.Aes256C, "slow") with { AuthenticationKey = UsmKey.Password("used here only") };
        var device = AddSecured(user);
        using var client = await MeetAsync(device, user);

        var sent = Enumerable.Range(0, 20).Select(_ => client.Send(PduType.Get, UserClient.Reads(Names.SysName))).ToArray();
        var received = new List<int>();
        while (received.Count < sent.Length)
        {
            var answer = await client.ReceiveAsync();
            Assert.That(answer.Outcome, Is.EqualTo(UsmOutcome.Accepted));
            received.Add(answer.RequestId);
        }

        Assert.That(received, Is.EqualTo(sent));
    }

    private static readonly SimulatedDeviceOptions[] Impossible =
    [
        Template with { Boots = 0 },
        Template with { Users = [Admin, Admin with { ContextName = "x" }] },
        Template with { Users = [new SnmpUser("half") { Authentication = AuthenticationProtocol.Sha1 }] },
        Template with { Contexts = new Dictionary<string, MibData> { [""] = Template.Data } },
        Template with { Contexts = new Dictionary<string, MibData> { [new string('x', 256)] = Template.Data } },
    ];

    [TestCaseSource(nameof(Impossible))]
    public void A_device_that_cannot_be_is_refused(SimulatedDeviceOptions options) =>
        Assert.That(() => Agent.Add(options), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void A_device_at_an_IPv6_address_has_an_engine_ID_of_at_most_32_octets() =>
        Assert.That(Agent.Add(Template with { EndPoint = new IPEndPoint(IPAddress.IPv6Loopback, 0) }).EngineId.Octets.Length, Is.EqualTo(23));
}
