using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Extremes;

/// <summary>Values at the ends of their ranges, between the engine and the agent, and between the Net-SNMP tools and the agent.</summary>
internal sealed class ValueTests : ExtremesFixture
{
    private static readonly Oid Name = Oid.Parse("1.3.6.1.4.1.32473.5.1.1");

    [TestCase(ulong.MaxValue)]
    [TestCase(ulong.MaxValue - 1)]
    [TestCase(1UL << 63)]
    [TestCase((1UL << 63) - 1)]
    [TestCase(1UL << 32)]
    [TestCase(0UL)]
    public Task A_Counter64_is_exact(ulong number) =>
        AssertArrivesAsync(Name, SnmpValue.Counter64(number), SnmpValue.Counter64(7), $"Counter64: {number}");

    [TestCase(uint.MaxValue)]
    [TestCase(1U << 31)]
    [TestCase(0U)]
    public async Task Numbers_of_32_bits_are_exact(uint number)
    {
        await AssertArrivesAsync(Name, SnmpValue.Counter32(number), SnmpValue.Counter32(7), $"Counter32: {number}");
        await AssertArrivesAsync(Name, SnmpValue.Gauge32(number), SnmpValue.Gauge32(7), $"Gauge32: {number}");
        await AssertArrivesAsync(Name, SnmpValue.TimeTicks(number), SnmpValue.TimeTicks(7), $"{number}");
    }

    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(-1)]
    public Task An_Integer32_is_exact(int number) =>
        AssertArrivesAsync(Name, SnmpValue.Integer32(number), SnmpValue.Integer32(7), $"INTEGER: {number}");

    [TestCase(1.5f, "1.500000")]
    [TestCase(-0f, "-0.000000")]
    [TestCase(float.PositiveInfinity, "inf")]
    [TestCase(float.NegativeInfinity, "-inf")]
    [TestCase(float.Epsilon, "0.000000")]
    [TestCase(float.MaxValue, "340282346638528859811704183484516925440.000000")]
    public async Task An_opaque_float_is_exact(float number, string printed)
    {
        var value = SnmpValue.OpaqueFloat(number);
        await AssertArrivesAsync(Name, value, SnmpValue.OpaqueFloat(7), $"Opaque: Float: {printed}");
        Assert.That(BitConverter.DoubleToInt64Bits(value.ToDouble()), Is.EqualTo(BitConverter.DoubleToInt64Bits(number)));
    }

    [TestCase(2.25, "2.250000")]
    [TestCase(-0d, "-0.000000")]
    [TestCase(double.PositiveInfinity, "inf")]
    [TestCase(double.Epsilon, "0.000000")]
    [TestCase(9007199254740993d, "9007199254740992.000000")]
    public async Task An_opaque_double_is_exact(double number, string printed)
    {
        var value = SnmpValue.OpaqueDouble(number);
        await AssertArrivesAsync(Name, value, SnmpValue.OpaqueDouble(7), $"Opaque: Float: {printed}");
        Assert.That(BitConverter.DoubleToInt64Bits(value.ToDouble()), Is.EqualTo(BitConverter.DoubleToInt64Bits(number)));
    }

    [Test]
    public async Task An_opaque_that_is_not_a_number_stays_none()
    {
        await AssertArrivesAsync(Name, SnmpValue.OpaqueFloat(float.NaN), SnmpValue.OpaqueFloat(7), "Opaque: Float: -nan");
        await AssertArrivesAsync(Name, SnmpValue.OpaqueDouble(double.NaN), SnmpValue.OpaqueDouble(7), "Opaque: Float: -nan");
        Assert.That(SnmpValue.OpaqueFloat(float.NaN).ToDouble(), Is.NaN);
    }

    [Test]
    public Task An_empty_string_is_empty() =>
        AssertArrivesAsync(Name, SnmpValue.OctetString(""), SnmpValue.OctetString("former"), "\"\"");

    [Test]
    public async Task An_empty_opaque_is_empty()
    {
        var device = Add(new MibVariable(Name, SnmpValue.Opaque([])));

        var got = await Client(device).GetAsync(Name).AsTask().WaitAsync(Bound);

        Assert.That((got.Value.Type, got.Value.Bytes.Length), Is.EqualTo((SnmpType.Opaque, 0)));
    }

    [Test]
    public async Task A_Counter32_that_wraps_begins_again_at_zero()
    {
        var device = Add(new MibVariable(Name, static upTime => SnmpValue.Counter32(unchecked(uint.MaxValue - 4 + (uint)upTime.TotalSeconds))));

        Assert.That(await ReadTwiceAsync(device, TimeSpan.FromSeconds(10)), Is.EqualTo((4_294_967_291UL, 5UL)));
    }

    [Test]
    public async Task A_Counter64_that_wraps_begins_again_at_zero()
    {
        var device = Add(new MibVariable(Name, static upTime => SnmpValue.Counter64(unchecked(ulong.MaxValue - 4 + (ulong)upTime.TotalSeconds))));

        Assert.That(await ReadTwiceAsync(device, TimeSpan.FromSeconds(10)), Is.EqualTo((ulong.MaxValue - 4, 5UL)));
    }

    [Test]
    public async Task TimeTicks_wrap_after_497_days()
    {
        var device = AddRouter();
        device.StepClock(TimeSpan.FromMilliseconds(10d * uint.MaxValue) - device.UpTime);

        var name = Oid.Parse("1.3.6.1.2.1.1.3.0");
        var before = await Client(device).GetAsync(name).AsTask().WaitAsync(Bound);
        Clock.Advance(TimeSpan.FromMilliseconds(20));
        var after = await Client(device).GetAsync(name).AsTask().WaitAsync(Bound);

        Assert.That((before.Value, after.Value), Is.EqualTo((SnmpValue.TimeTicks(uint.MaxValue), SnmpValue.TimeTicks(1))));
    }

    private async Task<(ulong Before, ulong After)> ReadTwiceAsync(SimulatedDevice device, TimeSpan between)
    {
        var client = Client(device);
        var before = await client.GetAsync(Name).AsTask().WaitAsync(Bound);
        Clock.Advance(between);
        var after = await client.GetAsync(Name).AsTask().WaitAsync(Bound);
        return (before.Value.ToUInt64(), after.Value.ToUInt64());
    }
}
