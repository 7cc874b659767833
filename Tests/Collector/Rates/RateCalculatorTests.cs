using Connections.Collector.Rates;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Tests.Rates;

/// <summary>Per-second values of counters, by the device's own clock.</summary>
public sealed class RateCalculatorTests
{
    private const string UpTime = "1.3.6.1.2.1.1.3.0";
    private const string InOctets = "1.3.6.1.2.1.2.2.1.10.7";
    private const string InOctets64 = "1.3.6.1.2.1.31.1.1.1.6.7";
    private const string Discontinuity = "1.3.6.1.2.1.31.1.1.1.19.7";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private RateCalculator _rates = null!;

    [SetUp]
    public void Make() => _rates = new RateCalculator();

    [Test]
    public void The_first_value_has_no_rate() =>
        Assert.That(Collect(0, (InOctets, SnmpValue.Counter32(1_000))), Is.Null);

    [Test]
    public void A_counter_that_grew_has_a_rate_by_the_devices_clock()
    {
        Collect(0, (UpTime, SnmpValue.TimeTicks(100_000)), (InOctets64, SnmpValue.Counter64(5_000)));

        // The collector's clock was set forward meanwhile: 10 s have passed on the device.
        var rate = Collect(13, (UpTime, SnmpValue.TimeTicks(101_000)), (InOctets64, SnmpValue.Counter64(6_000)));

        Assert.That(rate, Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void Without_an_up_time_the_collectors_clock_serves()
    {
        Collect(0, (InOctets, SnmpValue.Counter32(1_000)));

        Assert.That(Collect(20, (InOctets, SnmpValue.Counter32(2_000))), Is.EqualTo(50).Within(0.001));
    }

    [Test]
    public void A_counter_of_32_bits_that_became_smaller_has_wrapped()
    {
        Collect(0, (InOctets, SnmpValue.Counter32(uint.MaxValue - 99)));

        Assert.That(Collect(10, (InOctets, SnmpValue.Counter32(900))), Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void A_counter_of_64_bits_that_became_smaller_was_set_back()
    {
        Collect(0, (InOctets64, SnmpValue.Counter64(1_000_000)));

        Assert.That(Collect(10, (InOctets64, SnmpValue.Counter64(900))), Is.Null);
        Assert.That(Collect(20, (InOctets64, SnmpValue.Counter64(1_900))), Is.EqualTo(100).Within(0.001), "from there it goes on");
    }

    [Test]
    public void There_is_no_rate_across_a_restart()
    {
        Collect(0, (UpTime, SnmpValue.TimeTicks(100_000)), (InOctets, SnmpValue.Counter32(5_000)));

        Assert.That(Collect(60, (UpTime, SnmpValue.TimeTicks(1_000)), (InOctets, SnmpValue.Counter32(6_000))), Is.Null);
        Assert.That(Collect(70, (UpTime, SnmpValue.TimeTicks(2_000)), (InOctets, SnmpValue.Counter32(7_000))), Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void An_up_time_that_wrapped_is_no_restart()
    {
        Collect(0, (UpTime, SnmpValue.TimeTicks(uint.MaxValue - 499)), (InOctets, SnmpValue.Counter32(5_000)));

        Assert.That(Collect(10, (UpTime, SnmpValue.TimeTicks(500)), (InOctets, SnmpValue.Counter32(6_000))), Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void There_is_no_rate_where_the_interface_says_that_its_counters_did_not_go_on()
    {
        Collect(0, (Discontinuity, SnmpValue.TimeTicks(10)), (InOctets64, SnmpValue.Counter64(5_000)));

        Assert.That(Collect(10, (Discontinuity, SnmpValue.TimeTicks(20)), (InOctets64, SnmpValue.Counter64(6_000))), Is.Null);
        Assert.That(Collect(20, (Discontinuity, SnmpValue.TimeTicks(20)), (InOctets64, SnmpValue.Counter64(7_000))), Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void A_discontinuity_of_one_interface_does_not_concern_another()
    {
        Collect(0, ("1.3.6.1.2.1.31.1.1.1.19.8", SnmpValue.TimeTicks(10)), (InOctets64, SnmpValue.Counter64(5_000)));

        Assert.That(Collect(10, ("1.3.6.1.2.1.31.1.1.1.19.8", SnmpValue.TimeTicks(20)), (InOctets64, SnmpValue.Counter64(6_000))), Is.EqualTo(100).Within(0.001));
    }

    [Test]
    public void What_is_no_counter_has_no_rate()
    {
        Collect(0, (InOctets, SnmpValue.Gauge32(1_000)));

        Assert.That(Collect(10, (InOctets, SnmpValue.Gauge32(2_000))), Is.Null);
    }

    [Test]
    public void Counters_of_different_devices_are_told_apart()
    {
        Collect(0, (InOctets, SnmpValue.Counter32(1_000)));

        Assert.That(_rates.RateOf(RowsOf("other", 10, [(InOctets, SnmpValue.Counter32(2_000))])[0]), Is.Null);
    }

    [Test]
    public void What_is_remembered_is_bounded()
    {
        _rates = new RateCalculator(capacity: 2);
        Collect(0, (InOctets, SnmpValue.Counter32(1)));
        Collect(0, (InOctets64, SnmpValue.Counter64(1)));
        Collect(0, ("1.3.6.1.2.1.2.2.1.11.7", SnmpValue.Counter32(1)));

        Assert.That(Collect(10, (InOctets, SnmpValue.Counter32(2_000))), Is.Null);
    }

    /// <summary>Collects values at a second after noon.</summary>
    /// <returns>The rate of the last.</returns>
    private double? Collect(int second, params (string Oid, SnmpValue Value)[] values)
    {
        var rows = RowsOf("device", second, values);
        _rates.Observe(rows);
        return rows.Select(row => _rates.RateOf(row)).Last();
    }

    private static List<ResultRow> RowsOf(string device, int second, (string Oid, SnmpValue Value)[] values)
    {
        var shape = new CollectShape(CollectKind.Get, values.Select(static value => Oid.Parse(value.Oid)));
        var request = new BlockRequest($"r{second}", device, shape, Result: null);
        return [.. values.Select((value, root) => new ResultRow(request, Noon.AddSeconds(second), root, default, new VarBind(Oid.Parse(value.Oid), value.Value)))];
    }
}
