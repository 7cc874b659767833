using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>GETs that wait for their turn travel in one request; each caller gets its own answer.</summary>
public sealed class CombiningTests : CombiningFixture
{
    [Test]
    public async Task What_waits_for_a_device_travels_in_one_request_and_reaches_its_callers()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 30);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 30 }));
        var statistics = Engine.Statistics;
        Assert.That((statistics.Combined, statistics.Requests, statistics.Responses), Is.EqualTo((29, 31, 31)));
        Assert.That(Engine.GetDeviceStatistics(gate.Responder.EndPoint)!.Loss, Is.Zero);
    }

    [Test]
    public async Task No_more_varbinds_than_allowed_are_combined()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining with { MaxCombined = 12 }, 30);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 12, 12, 6 }));
    }

    [Test]
    public async Task By_default_each_goes_by_itself()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Responder.Patient with { MaxInFlight = 1 }, 10);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(Enumerable.Repeat(1, 10)));
        Assert.That(Engine.Statistics.Combined, Is.Zero);
    }

    [Test]
    public async Task What_asks_for_several_objects_gets_all_of_its_own()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 2);
        var several = Engine.CreateClient(gate.Responder.Target(Combining)).GetAsync([Row(100), Row(101), Row(102)]).AsTask();
        var single = Engine.CreateClient(gate.Responder.Target(Combining)).GetAsync(Row(7)).AsTask();
        await Eventually.UntilAsync(() => Engine.Statistics.Waiting == 4);

        gate.Open();

        Assert.That((await several.WaitAsync(Limit)).Select(static varBind => varBind.Value.ToInt64()), Is.EqualTo(new[] { 100, 101, 102 }));
        await AssertAllAnsweredAsync([.. calls, single]);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 6 }));
    }

    [Test]
    public async Task A_set_is_never_combined_and_keeps_its_place()
    {
        await using var gate = new Gate(static request => request.Type == PduType.Set ? request.Response([.. request.VarBinds]) : Answer(request));
        var calls = await QueueAsync(gate, Combining, 3);
        var client = Engine.CreateClient(gate.Responder.Target(Combining));
        var set = client.SetAsync(Row(50), 50).AsTask();
        await Eventually.UntilAsync(() => Engine.Statistics.Waiting == 4);
        calls.AddRange(Enumerable.Range(60, 4).Select(row => client.GetAsync(Row(row)).AsTask()));
        await Eventually.UntilAsync(() => Engine.Statistics.Waiting == 8);

        gate.Open();

        await AssertAllAnsweredAsync(calls.Append(set));
        Assert.That(gate.Requests.Select(static request => (request.Type, request.VarBinds.Count)), Is.EqualTo(new[]
        {
            (PduType.Get, 1), (PduType.Get, 3), (PduType.Set, 1), (PduType.Get, 4),
        }));
    }

    [Test]
    public async Task What_is_asked_in_another_name_is_not_combined()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 2);
        var other = Engine.CreateClient(gate.Responder.Target(Combining with { Community = new("another") }));
        var same = Engine.CreateClient(gate.Responder.Target(Combining with { Community = new("public") }));
        calls.Add(same.GetAsync(Row(3)).AsTask());
        calls.Add(other.GetAsync(Row(4)).AsTask());
        calls.Add(other.GetAsync(Row(5)).AsTask());
        await Eventually.UntilAsync(() => Engine.Statistics.Waiting == 5);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Requests.Skip(1).Select(static request => (request.Community, request.VarBinds.Count)), Is.EqualTo(new[] { ("public", 3), ("another", 2) }));
    }

    [Test]
    public async Task A_thousand_callers_of_an_agent_take_a_fraction_of_the_packets_also_in_SNMPv3()
    {
        var user = new SnmpUser("alice")
        {
            Authentication = AuthenticationProtocol.Sha1,
            AuthenticationKey = UsmKey.Password("maplesyrup"),
            Privacy = PrivacyProtocol.Aes128,
            PrivacyKey = UsmKey.Password("pancakes-with-syrup"),
        };
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 1_000), Users = [user] });
        foreach (var version in new[] { SnmpVersion.V2c, SnmpVersion.V3 })
        {
            var options = Combining with { MaxInFlight = 4, Version = version, User = version == SnmpVersion.V3 ? user : null };
            var client = Engine.CreateClient(new SnmpTarget(device.EndPoint, options));
            var before = device.RequestsSeen;

            var indexes = await Task.WhenAll(Enumerable.Range(1, 1_000).Select(row => client.GetAsync($"1.3.6.1.2.1.2.2.1.1.{row}").AsTask())).WaitAsync(Limit);

            Assert.That(indexes.Select(static varBind => varBind.Value.ToInt64()), Is.EqualTo(Enumerable.Range(1, 1_000)));
            Assert.That(device.RequestsSeen - before, Is.LessThan(250));
        }

        Assert.That(Engine.Statistics.Combined, Is.GreaterThan(1_500));
    }
}
