using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Extremes;

/// <summary>OIDs as long, and sub-identifiers as large, as there are, as names and as values.</summary>
internal sealed class NameTests : ExtremesFixture
{
    private const string Enterprise = "1.3.6.1.4.1.32473.5";

    private static readonly Oid Short = Oid.Parse(Enterprise + ".2.1");

    [Test]
    public Task A_name_of_128_sub_identifiers_is_whole() =>
        AssertArrivesAsync(Longest(1), SnmpValue.Integer32(42), SnmpValue.Integer32(7), "INTEGER: 42");

    [Test]
    public Task A_name_of_128_sub_identifiers_that_are_the_largest_is_whole() =>
        AssertArrivesAsync(Longest(uint.MaxValue), SnmpValue.Integer32(42), SnmpValue.Integer32(7), "INTEGER: 42");

    [Test]
    public Task A_value_of_128_sub_identifiers_is_whole() =>
        AssertArrivesAsync(Short, SnmpValue.ObjectIdentifier(Longest(uint.MaxValue)), SnmpValue.ObjectIdentifier(Short), $"OID: .{Longest(uint.MaxValue)}");

    [TestCase(127U)]
    [TestCase(128U)]
    [TestCase(1U << 31)]
    [TestCase(uint.MaxValue)]
    public async Task A_sub_identifier_is_exact(uint arc)
    {
        var name = Oid.Parse(Enterprise).Append(arc, arc);
        await AssertArrivesAsync(name, SnmpValue.Integer32(42), SnmpValue.Integer32(7), "INTEGER: 42");
        await AssertArrivesAsync(Short, SnmpValue.ObjectIdentifier(name), SnmpValue.ObjectIdentifier(Short), $"OID: .{name}");
    }

    [Test]
    public Task A_value_whose_first_sub_identifiers_are_the_largest_is_exact() =>
        AssertArrivesAsync(Short, SnmpValue.ObjectIdentifier(new Oid(2, uint.MaxValue - 80)), SnmpValue.ObjectIdentifier(Short), $"OID: .2.{uint.MaxValue - 80}");

    [Test]
    public async Task A_value_past_what_the_tools_read_is_exact_too()
    {
        var value = SnmpValue.ObjectIdentifier(new Oid(2, uint.MaxValue));
        var device = Add(new Connections.Snmp.Agent.MibVariable(Short, value));

        Assert.That((await Client(device).GetAsync(Short).AsTask().WaitAsync(Bound)).Value, Is.EqualTo(value));
    }

    private static Oid Longest(uint arc)
    {
        var name = Oid.Parse(Enterprise);
        while (name.Count < Oid.MaxArcs)
        {
            name = name.Append(arc);
        }

        return name;
    }
}
