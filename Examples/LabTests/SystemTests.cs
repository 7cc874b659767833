using Connections.Snmp;

namespace LabTests;

/// <summary>Who the device says it is.</summary>
public sealed class SystemTests : PooledTest
{
    [TestCase("1.3.6.1.2.1.1.1.0", Description = "sysDescr")]
    [TestCase("1.3.6.1.2.1.1.5.0", Description = "sysName")]
    [TestCase("1.3.6.1.2.1.1.6.0", Description = "sysLocation")]
    public async Task The_device_introduces_itself(string oid)
    {
        var answer = await Snmp.GetAsync(oid);
        Note(answer);

        Assert.That(answer.Value.ToText(), Is.Not.Empty);
    }

    [Test]
    public async Task Its_clock_goes_on()
    {
        var first = (await Snmp.GetAsync("1.3.6.1.2.1.1.3.0")).Value.ToTimeSpan();

        Assert.That(
            async () => (await Snmp.GetAsync("1.3.6.1.2.1.1.3.0")).Value.ToTimeSpan(), Is.GreaterThan(first).After(delayInMilliseconds: 5_000, pollingInterval: 10));
    }
}
