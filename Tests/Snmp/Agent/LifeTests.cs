using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class LifeTests : AgentFixture
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_restart_begins_up_time_and_counters_at_zero_and_keeps_what_was_written()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint) { Community = "private" };
        await client.SetAsync((Names.SysName, Text("renamed")));
        Assert.That((await client.GetAsync(Names.SysUpTime)).Value.ToUInt64(), Is.GreaterThan(0));

        device.Restart();
        Clock.Advance(TimeSpan.FromSeconds(1));

        var after = await client.GetAsync(Names.SysUpTime, Names.IfXEntry + ".6.1", Names.SysName);
        Assert.That(after.VarBinds[0].Value, Is.EqualTo(SnmpValue.TimeTicks(100)));
        Assert.That(after.VarBinds[1].Value.ToUInt64(), Is.InRange(1_000, 51_000_000));
        Assert.That(after.VarBinds[2].Value, Is.EqualTo(Text("renamed")));
        Assert.That(device.Boots, Is.EqualTo(2));
    }

    [Test]
    public async Task A_device_that_restarts_is_silent_until_it_is_back()
    {
        var device = AddRouter();
        device.Restart(Minute);
        using var client = new RawClient(device.EndPoint);

        client.SendGet(Names.SysName);
        await UntilAsync(() => device.CountOf(FaultKind.Silence) == 1);
        Assert.That((device.IsSilent, device.UpTime), Is.EqualTo((true, TimeSpan.Zero)));
        Clock.Advance(Minute);

        Assert.That((await client.GetAsync(Names.SysUpTime)).Value, Is.EqualTo(SnmpValue.TimeTicks(0)));
        Assert.That((device.RequestsSeen, device.IsSilent), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task A_dead_device_answers_once_it_is_revived()
    {
        var device = AddRouter();
        device.FallSilent(Timeout.InfiniteTimeSpan);
        using var client = new RawClient(device.EndPoint);

        client.SendGet(Names.SysName);
        await UntilAsync(() => device.CountOf(FaultKind.Silence) == 1);
        Clock.Advance(TimeSpan.FromDays(1_000));
        Assert.That(device.IsSilent);
        device.Revive();

        Assert.That((await client.GetAsync(Names.SysName)).RequestId, Is.EqualTo(2), "the first request was never answered");
    }

    [TestCase(60, 120)]
    [TestCase(-30, 30)]
    [TestCase(-90, 0)]
    public void A_clock_is_stepped_both_ways_without_a_restart(int step, int expected)
    {
        var device = AddRouter();
        device.Restart();
        Clock.Advance(Minute);

        device.StepClock(TimeSpan.FromSeconds(step));

        Assert.That((device.UpTime, device.Boots), Is.EqualTo((TimeSpan.FromSeconds(expected), 2)));
    }

    [Test]
    public void A_time_that_is_none_is_refused()
    {
        var device = AddRouter();

        Assert.That(() => device.Restart(-Minute), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => device.FallSilent(-Minute), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That((device.Boots, device.IsSilent), Is.EqualTo((1, false)));
    }
}
