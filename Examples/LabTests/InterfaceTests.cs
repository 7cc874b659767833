using Connections.Snmp;

namespace LabTests;

/// <summary>The interfaces of the device: all of these run at once, over the three sessions of its pool.</summary>
public sealed class InterfaceTests : PooledTest
{
    private const string Entry = "1.3.6.1.2.1.2.2.1";

    [Test]
    public async Task Each_interface_has_a_name_and_a_state()
    {
        var rows = await Snmp.TableAsync(Entry, [2u, 8u]).ToListAsync();
        rows.ForEach(Note);

        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows, Has.All.Matches<SnmpTableRow>(static row => row[0]?.ToText() is { Length: > 0 } && row[1]?.ToInt64() is >= 1 and <= 7));
    }

    [Test]
    public async Task There_are_as_many_as_it_says()
    {
        var number = (await Snmp.GetAsync("1.3.6.1.2.1.2.1.0")).Value.ToInt64();

        Assert.That(await Snmp.WalkAsync($"{Entry}.1").CountAsync(), Is.EqualTo(number));
    }

    [Test]
    public async Task Counters_never_go_back([Range(1, 4)] int index)
    {
        var octets = $"1.3.6.1.2.1.31.1.1.1.6.{index}";
        var before = (await Snmp.GetAsync(octets)).Value.ToUInt64();
        var after = (await Snmp.GetAsync(octets)).Value.ToUInt64();
        Note($"{octets}: {before}, {after}");

        Assert.That(after, Is.GreaterThanOrEqualTo(before));
    }
}
