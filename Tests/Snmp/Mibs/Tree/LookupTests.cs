using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Tree;

internal sealed class LookupTests
{
    private readonly MibTree _tree = MibTree.BuiltIn;

    [TestCase("sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase("SNMPv2-MIB::sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase("IF-MIB::ifHCInOctets.3", "1.3.6.1.2.1.31.1.1.1.6.3")]
    [TestCase(".1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase("iso.3.6.1", "1.3.6.1")]
    [TestCase("iso", "1")]
    [TestCase("ccitt", "0")]
    [TestCase("interfaces.2.1.2", "1.3.6.1.2.1.2.2.1.2")]
    [TestCase("enterprises.9", "1.3.6.1.4.1.9")]
    [TestCase("system.sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase(".iso.org.dod.internet.mgmt.mib-2.system.sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    [TestCase("1.3.6.1.mgmt.mib-2", "1.3.6.1.2.1")]
    [TestCase("ifTable.ifEntry.ifDescr.4294967295", "1.3.6.1.2.1.2.2.1.2.4294967295")]
    [TestCase("RFC1213-MIB::sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    public void A_name_means_an_OID(string name, string oid)
    {
        Assert.That(_tree.TryResolve(name, out var found), Is.True);
        Assert.That(found, Is.EqualTo(Oid.Parse(oid)));
        Assert.That(_tree.Resolve(name), Is.EqualTo(found));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("sysDescr.")]
    [TestCase("sysDescr..0")]
    [TestCase("sysDescr.-1")]
    [TestCase("sysDescr.4294967296")]
    [TestCase("sysDescr.0 ")]
    [TestCase(" sysDescr")]
    [TestCase("sysdescr")]
    [TestCase("IF-MIB::sysDescr")]
    [TestCase("IF-MIB::")]
    [TestCase("::sysDescr")]
    [TestCase("NO-MIB::sysDescr")]
    [TestCase("system.ifDescr")]
    [TestCase("3.1")]
    [TestCase("1.40")]
    public void What_is_no_name_means_nothing(string name)
    {
        Assert.That(_tree.TryResolve(name, out var found), Is.False);
        Assert.That(found, Is.EqualTo(default(Oid)));
    }

    [Test]
    public void A_name_with_more_arcs_than_an_OID_has_means_nothing() =>
        Assert.That(_tree.TryResolve("sysDescr" + string.Concat(Enumerable.Repeat(".1", 121)), out _), Is.False);

    [TestCase("1.3.6.1.2.1.2.2.1.2.1", "IF-MIB::ifDescr.1")]
    [TestCase("1.3.6.1.2.1.1.1.0", "SNMPv2-MIB::sysDescr.0")]
    [TestCase("1.3.6.1.4.1.4711.5", "SNMPv2-SMI::enterprises.4711.5")]
    [TestCase("1.3.6.1.2.1.2.2", "IF-MIB::ifTable")]
    [TestCase("1.3", "SNMPv2-SMI::org")]
    [TestCase("1.2.3", "iso.2.3")]
    [TestCase("2.999", "joint-iso-ccitt.999")]
    [TestCase("0.0", "SNMPv2-SMI::zeroDotZero")]
    public void An_OID_has_a_name(string oid, string name)
    {
        Assert.That(_tree.Name(Oid.Parse(oid)), Is.EqualTo(name));
        Assert.That(_tree.Resolve(name), Is.EqualTo(Oid.Parse(oid)));
    }

    [Test]
    public void The_OID_without_arcs_has_no_name() => Assert.That((_tree.Name(default), _tree.Find(default(Oid)), _tree.FindNearest(default)), Is.EqualTo(("", (MibNode?)null, (MibNode?)null)));

    [Test]
    public void The_nearest_node_is_the_one_furthest_down()
    {
        Assert.That(_tree.FindNearest(Oid.Parse("1.3.6.1.2.1.2.2.1.2.77.5"))!.Name, Is.EqualTo("ifDescr"));
        Assert.That(_tree.FindNearest(Oid.Parse("1.3.6.1.2.1.2.2.1.2"))!.Name, Is.EqualTo("ifDescr"));
        Assert.That(_tree.FindNearest(Oid.Parse("1.3.6.1.2.1.2.2.1.99"))!.Name, Is.EqualTo("ifEntry"));
        Assert.That(_tree.Find(Oid.Parse("1.3.6.1.2.1.2.2.1.2.77")), Is.Null);
        Assert.That(_tree.Find(Oid.Parse("1.3.6.1.2.1.2.2.1.2"))!.QualifiedName, Is.EqualTo("IF-MIB::ifDescr"));
    }

    [Test]
    public void Nodes_know_what_is_above_and_below_them()
    {
        var entry = _tree.Find("ifEntry")!;

        Assert.That(entry.Parent!.Name, Is.EqualTo("ifTable"));
        Assert.That(entry.Children.Select(child => child.Name).Take(3), Is.EqualTo(new[] { "ifIndex", "ifDescr", "ifType" }));
        Assert.That(entry.Children.Select(child => child.Parent), Is.All.SameAs(entry));
        Assert.That(_tree.Find("iso")!.Parent, Is.Null);
        Assert.That(_tree.Nodes.Select(node => node.Oid), Is.Ordered);
        Assert.That(_tree.Nodes.Where(node => node.Parent is { } parent && !node.Oid.StartsWith(parent.Oid)), Is.Empty);
    }

    [TestCase("ifDecsr.1", "IF-MIB::ifDescr", "no module that is loaded defines 'ifDecsr'")]
    [TestCase("IF-MIB::ifDecsr", "IF-MIB::ifDescr")]
    [TestCase("IP-MIB::ifDescr", "no module that is loaded defines 'IP-MIB::ifDescr'")]
    [TestCase("NO-MIB::ifDescr", "did you mean IF-MIB::ifDescr?")]
    [TestCase("SYSDESCR", "SNMPv2-MIB::sysDescr")]
    [TestCase("entirelyUnknown", "Load the module that does", "1.3.6.1.2.1.1.5.0")]
    [TestCase("sysDescr.x", "what follows sysDescr is neither numbers nor names below it")]
    [TestCase("1.3.99999999999", "4294967295")]
    [TestCase("1..3", "numbers from 0 to 4294967295")]
    public void An_unknown_name_is_an_error_that_helps(string name, params string[] mentions)
    {
        var error = Assert.Throws<SnmpParseException>(() => _tree.Resolve(name))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.StartWith($"'{name}' is no OID: "));
            foreach (var mention in mentions)
            {
                Assert.That(error.Message, Does.Contain(mention));
            }
        });
    }

    [Test]
    public void A_huge_name_is_an_error_of_usual_size() =>
        Assert.That(Assert.Throws<SnmpParseException>(() => _tree.Resolve(new string('x', 1_000_000)))!.Message, Has.Length.LessThan(1000));

    [Test]
    public void Looking_up_allocates_nothing_but_the_answer()
    {
        var oid = Oid.Parse("1.3.6.1.2.1.2.2.1.2.77");
        Look(oid);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Look(oid);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private void Look(in Oid oid)
    {
        var found = _tree.Find("ifDescr") is not null && _tree.Find("IF-MIB::ifDescr") is not null && _tree.FindNearest(oid) is not null
            && _tree.TryResolve("IF-MIB::ifDescr.77", out var resolved) && resolved == oid;
        if (!found)
        {
            throw new AssertionException("A name was not found.");
        }
    }
}
