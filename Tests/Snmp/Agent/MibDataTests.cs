using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class MibDataTests
{
    [Test]
    public void Variables_are_ordered_by_arcs_and_not_by_digits()
    {
        var data = new MibData([Variable("1.3.10"), Variable("1.3.9.1"), Variable("1.3.128"), Variable("1.3.9")]);

        Assert.That(data.Select(variable => variable.Oid.ToString()), Is.EqualTo(new[] { "1.3.9", "1.3.9.1", "1.3.10", "1.3.128" }));
    }

    [Test]
    public void A_variable_given_twice_is_refused_by_name() =>
        Assert.That(() => new MibData([Variable("1.3.1"), Variable("1.3.1")]), Throws.ArgumentException.With.Message.Contains("1.3.1"));

    [Test]
    public void A_missing_variable_has_the_complement_of_its_place()
    {
        var data = new MibData([Variable("1.3.1"), Variable("1.3.3")]);

        Assert.That(data.IndexOf(Oid.Parse("1.3.3")), Is.EqualTo(1));
        Assert.That(data.IndexOf(Oid.Parse("1.3.0")), Is.EqualTo(~0));
        Assert.That(data.IndexOf(Oid.Parse("1.3.2")), Is.EqualTo(~1));
        Assert.That(data.IndexOf(Oid.Parse("1.3.3.0")), Is.EqualTo(~2));
    }

    private static MibVariable Variable(string oid) => new(Oid.Parse(oid), SnmpValue.Integer32(1));
}
