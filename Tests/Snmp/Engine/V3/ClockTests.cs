using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>Agents whose time jumps, or that start anew, while they are asked.</summary>
public sealed class ClockTests : SecuredAgentFixture
{
    private static IEnumerable<TestCaseData> Upsets
    {
        get
        {
            yield return Upset("its clock is set forward", static device => device.StepClock(TimeSpan.FromHours(5)));
            yield return Upset("its clock is set back", static device => device.StepClock(TimeSpan.FromHours(-5)));
            yield return Upset("its clock is set back a little", static device => device.StepClock(TimeSpan.FromSeconds(-100)));
            yield return Upset("it restarts with new boots", static device => device.Restart());

            static TestCaseData Upset(string name, Action<SimulatedDevice> upset) => new TestCaseData(upset).SetArgDisplayNames(name);
        }
    }

    [TestCaseSource(nameof(Upsets))]
    public async Task A_walk_goes_on(Action<SimulatedDevice> upset)
    {
        var device = Agent.Add(Device(User) with { Boots = 5 });
        device.StepClock(TimeSpan.FromHours(10));
        var client = Client(device, options: Persistent);
        var walked = new List<Oid>();

        await foreach (var varBind in client.BulkWalkAsync(IfTable, 2))
        {
            walked.Add(varBind.Oid);
            if (walked.Count % 100 == 0)
            {
                upset(device);
            }
        }

        Assert.That(walked, Is.EqualTo(Expected(device, IfTable)));
        Assert.That(Engine.Statistics.Timeouts, Is.Zero);
        Assert.That(Engine.Statistics.Discoveries, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_requests_under_way_when_the_clock_jumps_are_all_answered()
    {
        var device = Agent.Add(Device(User) with { Boots = 5, Latency = TimeSpan.FromMilliseconds(20) });
        var client = Client(device, options: Persistent);
        await GetNameAsync(client);

        for (var round = 0; round < 5; round++)
        {
            var calls = Enumerable.Range(0, 200).Select(_ => GetNameAsync(client)).ToArray();
            device.StepClock(TimeSpan.FromHours(round % 2 == 0 ? 3 : -3));
            calls = [.. calls, .. Enumerable.Range(0, 200).Select(_ => GetNameAsync(client))];
            await Task.WhenAll(calls).WaitAsync(Limit);
        }

        Assert.That(Engine.Statistics.Timeouts, Is.Zero);
    }

    [Test]
    public async Task Many_requests_under_way_when_the_agent_restarts_are_all_answered()
    {
        var device = Agent.Add(Device(User));
        var client = Client(device, options: Persistent);
        await GetNameAsync(client);

        for (var round = 0; round < 5; round++)
        {
            var calls = Enumerable.Range(0, 200).Select(_ => GetNameAsync(client)).ToArray();
            device.Restart();
            calls = [.. calls, .. Enumerable.Range(0, 200).Select(_ => GetNameAsync(client))];
            await Task.WhenAll(calls).WaitAsync(Limit);
        }

        Assert.That(device.Boots, Is.EqualTo(6));
        Assert.That(Engine.Statistics.Timeouts, Is.Zero);
    }

    [Test]
    public async Task A_set_that_was_refused_for_its_time_is_carried_out_once()
    {
        var sets = 0;
        var device = Agent.Add(Device(User) with
        {
            Observer = request => sets += request.Type == PduType.Set ? 1 : 0,
        });
        var client = Client(device);
        await GetNameAsync(client);
        device.Restart();

        var varBind = await client.SetAsync(SysName, SnmpValue.OctetString("once")).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToText(), Is.EqualTo("once"));
        Assert.That(sets, Is.EqualTo(1));
        Assert.That(device.Reports, Is.EqualTo(2), "of the discovery and of the time");
    }
}
