using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class MovingCountersTests : AgentFixture
{
    private const string Counter = "1.3.6.1.2.1.2.2.1.10.1";
    private const string Wide = "1.3.6.1.2.1.31.1.1.1.6.1";

    private static readonly string[] Lines =
    [
        $"{Names.SysUpTime}|67|10000", $"{Counter}|65|4294967290", $"{Wide}|70|18446744073709551615", $"{Names.SysName}|4|edge1",
    ];

    [Test]
    public async Task A_recording_begins_at_its_values_and_goes_on()
    {
        var device = AddMoving(Lines);
        using var client = new RawClient(device.EndPoint);

        var before = await client.GetAsync(Names.SysUpTime, Counter, Wide, Names.SysName);
        Clock.Advance(TimeSpan.FromSeconds(10));
        var after = await client.GetAsync(Names.SysUpTime, Counter, Wide, Names.SysName);

        Assert.That(before.VarBinds.Select(varBind => varBind.Value), Is.EqualTo(new[]
        {
            SnmpValue.TimeTicks(10_000), SnmpValue.Counter32(4_294_967_290), SnmpValue.Counter64(ulong.MaxValue), Text("edge1"),
        }));
        Assert.That(after.VarBinds[0].Value, Is.EqualTo(SnmpValue.TimeTicks(11_000)));
        Assert.That(after.VarBinds[1].Value, Is.EqualTo(SnmpValue.Counter32(unchecked(4_294_967_290 + 429_496_729))), "a tenth more, over its wrap");
        Assert.That(after.VarBinds[2].Value, Is.EqualTo(SnmpValue.Counter64(1_844_674_407_370_955_160)), "a tenth more, over its wrap");
        Assert.That(after.VarBinds[3].Value, Is.EqualTo(Text("edge1")));
    }

    [Test]
    public void After_a_restart_counters_begin_at_zero()
    {
        var device = AddMoving(Lines);

        device.Restart();

        Assert.That(Expected.Value(device, Oid.Parse(Counter)), Is.EqualTo(SnmpValue.Counter32(0)));
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.That(Expected.Value(device, Oid.Parse(Counter)), Is.EqualTo(SnmpValue.Counter32(2_147_483_645)));
    }

    [Test]
    public void Without_a_recorded_up_time_counters_move_all_the_same()
    {
        var device = AddMoving($"{Counter}|65|86400");

        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.That(Expected.Value(device, Oid.Parse(Counter)), Is.EqualTo(SnmpValue.Counter32(86_403)));
    }

    private SimulatedDevice AddMoving(params string[] lines) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "edge1",
        Data = Snmprec.Parse(string.Join('\n', lines), "edge1.snmprec").Moving(),
    });
}
