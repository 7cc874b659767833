using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SyntheticDeviceTests
{
    [TestCase(7, true)]
    [TestCase(8, false)]
    public void The_same_name_and_seed_alone_give_the_same_device(int seed, bool same) =>
        Assert.That(Snapshot(SyntheticDevice.Create("r", seed)).SequenceEqual(Snapshot(SyntheticDevice.Create("r", 7))), Is.EqualTo(same));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300)]
    public void Every_table_has_a_row_for_each_interface(int interfaces)
    {
        var data = SyntheticDevice.Create("r", 1, interfaces);

        Assert.That(data.Count(variable => variable.Oid.StartsWith(Oid.Parse(Names.IfEntry + ".1"))), Is.EqualTo(interfaces));
        Assert.That(data.Count(variable => variable.Oid.StartsWith(Oid.Parse(Names.IfXEntry + ".6"))), Is.EqualTo(interfaces));
        Assert.That(data.Count(variable => variable.Oid.StartsWith(Oid.Parse("1.3.6.1.2.1.4.20.1.1"))), Is.EqualTo(interfaces));
        Assert.That(data[data.IndexOf(Oid.Parse("1.3.6.1.2.1.2.1.0"))].Value, Is.EqualTo(SnmpValue.Integer32(interfaces)));
    }

    [Test]
    public void Counters_increase_with_time_and_the_narrow_one_is_the_low_half_of_the_wide_one()
    {
        var data = SyntheticDevice.Create("r", 3, 1);
        var wide = data[data.IndexOf(Oid.Parse(Names.IfXEntry + ".6.1"))].Compute!;
        var narrow = data[data.IndexOf(Oid.Parse(Names.IfEntry + ".10.1"))].Compute!;
        var day = TimeSpan.FromDays(1);

        Assert.That(wide(day).ToUInt64(), Is.GreaterThan(wide(TimeSpan.Zero).ToUInt64()));
        Assert.That(narrow(day).ToUInt64(), Is.EqualTo(wide(day).ToUInt64() & uint.MaxValue));
    }

    [Test]
    public void Up_time_ticks_in_hundredths_of_a_second()
    {
        var data = SyntheticDevice.Create("r", 3, 1);
        var upTime = data[data.IndexOf(Oid.Parse(Names.SysUpTime))].Compute!;

        Assert.That(upTime(TimeSpan.FromSeconds(2)).ToUInt64() - upTime(TimeSpan.Zero).ToUInt64(), Is.EqualTo(200));
    }

    private static List<VarBind> Snapshot(MibData data) =>
        [.. data.Select(variable => new VarBind(variable.Oid, variable.Compute?.Invoke(TimeSpan.FromHours(1)) ?? variable.Value))];
}
