using System.Net;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Indexes;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Indexes;

/// <summary>Indexes as people write them, and as Net-SNMP's tools print them.</summary>
public sealed class IndexTextTests
{
    private static readonly MibSyntax Kind = Made.Enumeration("ipv4", "ipv6") with { TypeName = "InetAddressType" };
    private static readonly MibNode Group = Made.Column("group", Made.Text, Made.Part(Made.Integer), Made.Part(Made.DisplayString));
    private static readonly MibNode Address = Made.Column("address", Made.Integer, Made.Part(Kind), Made.Part(Made.Inet));
    private static readonly MibNode Port = Made.Column("port", Made.Integer, Made.Part(Made.Integer), Made.Part(Made.Mac));
    private static readonly MibNode Name = Made.Column("name", Made.Integer, Made.Part(Made.Text, isImplied: true));
    private static readonly MibNode Subtree = Made.Column("subtree", Made.Integer, Made.Part(Made.DisplayString), Made.Part(Made.ObjectId));
    private static readonly MibNode Unknown = Made.Column("unknown", Made.Integer);

    private static IEnumerable<TestCaseData> Texts =>
    [
        new(Group, "", ""),
        new(Group, ".3.6.112.117.98.108.105.99", "3.6.112.117.98.108.105.99"),
        new(Group, ".3.\"public\"", "3.6.112.117.98.108.105.99"),
        new(Group, ".3.'public'", "3.6.112.117.98.108.105.99"),
        new(Group, "[3][public]", "3.6.112.117.98.108.105.99"),
        new(Group, "[3][\"public\"]", "3.6.112.117.98.108.105.99"),
        new(Group, "[3][STRING: public]", "3.6.112.117.98.108.105.99"),
        new(Group, ".3.\"a.b]\"", "3.4.97.46.98.93"),
        new(Group, "[3][a]b]", "3.3.97.93.98"),
        new(Group, ".3.\"\"", "3.0"),
        new(Group, ".3.\"é\"", "3.2.195.169"),
        new(Address, ".ipv4.\"192.0.2.1\"", "1.4.192.0.2.1"),
        new(Address, ".ipv4.4.192.0.2.1", "1.4.192.0.2.1"),
        new(Address, ".1.\"192.0.2.1\"", "1.4.192.0.2.1"),
        new(Address, "[ipv4][192.0.2.1]", "1.4.192.0.2.1"),
        new(Address, ".ipv6.\"2001:db8::1\"", "2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1"),
        new(Address, ".ipv6.\"20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:01\"", "2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1"),
        new(Port, ".3.\"0:1b:2:3:4:5\"", "3.0.27.2.3.4.5"),
        new(Port, "[3][STRING: 0:1b:2:3:4:5]", "3.0.27.2.3.4.5"),
        new(Port, ".3.'abcdef'", "3.97.98.99.100.101.102"),
        new(Name, ".'abc'", "97.98.99"),
        new(Name, ".\"abc\"", "97.98.99"),
        new(Subtree, "[all][sysName]", "3.97.108.108.8.1.3.6.1.2.1.1.5"),
        new(Subtree, ".\"all\".2.1.3", "3.97.108.108.2.1.3"),
        new(Unknown, ".\"ab\".7", "2.97.98.7"),
        new(Unknown, ".'ab'", "97.98"),
        new(Unknown, "[1][2]", "1.2"),
    ];

    [TestCaseSource(nameof(Texts))]
    public void An_index_is_understood_as_it_is_written(MibNode column, string text, string arcs)
    {
        Assert.That(IndexText.TryParse(text, column, MibTree.BuiltIn, out var index), Is.True);
        Assert.That(index.ToString(), Is.EqualTo(arcs));
    }

    private static IEnumerable<TestCaseData> Nonsense =>
    [
        new(Group, "3"),
        new(Group, "."),
        new(Group, ".3."),
        new(Group, ".3.\"public"),
        new(Group, "[3"),
        new(Group, "[3]x"),
        new(Group, ".three"),
        new(Group, ".3.public.x"),
        new(Group, ".3.\"a\".\"b\""),
        new(Port, ".3.\"0:1b\""),
        new(Address, ".ipv7.\"192.0.2.1\""),
        new(Unknown, ".label"),
        new(Unknown, ".4294967296"),
        new(Unknown, string.Concat(Enumerable.Repeat(".1", 127))),
    ];

    [TestCaseSource(nameof(Nonsense))]
    public void What_is_no_index_is_refused(MibNode column, string text) =>
        Assert.That(IndexText.TryParse(text, column, MibTree.BuiltIn, out _), Is.False);

    [TestCase("vacmGroupName.3.\"public\"", "1.3.6.1.6.3.16.1.2.1.3.3.6.112.117.98.108.105.99")]
    [TestCase("SNMP-VIEW-BASED-ACM-MIB::vacmGroupName[3][public]", "1.3.6.1.6.3.16.1.2.1.3.3.6.112.117.98.108.105.99")]
    [TestCase("snmpTargetAddrTAddress.'a'", "1.3.6.1.6.3.12.1.2.1.3.97")]
    [TestCase("snmpTargetAddrTAddress.\"a\"", "1.3.6.1.6.3.12.1.2.1.3.97")]
    [TestCase("IP-MIB::ipAddressIfIndex.ipv4.\"127.0.0.1\"", "1.3.6.1.2.1.4.34.1.3.1.4.127.0.0.1")]
    [TestCase(".iso.org.dod.internet.mgmt.mib-2.ip.ipAddressTable.ipAddressEntry.ipAddressIfIndex.ipv4.\"127.0.0.1\"", "1.3.6.1.2.1.4.34.1.3.1.4.127.0.0.1")]
    [TestCase("ifDescr[1]", "1.3.6.1.2.1.2.2.1.2.1")]
    [TestCase("sysDescr.0", "1.3.6.1.2.1.1.1.0")]
    public void Names_with_an_index_in_words_mean_their_OIDs(string text, string oid)
    {
        Assert.That(IndexText.TryResolve(text, MibTree.BuiltIn, out var resolved), Is.True);
        Assert.That(resolved, Is.EqualTo(Oid.Parse(oid)));
        Assert.That(MibTree.BuiltIn.TryResolve(text, out var same), Is.True);
        Assert.That(same, Is.EqualTo(resolved));
    }

    [TestCase("noSuchName.\"a\"")]
    [TestCase("ifDescr")]
    [TestCase("ifDescr.\"a\"")]
    [TestCase("[1]")]
    [TestCase("")]
    public void Names_that_mean_nothing_are_refused(string text) =>
        Assert.That(IndexText.TryResolve(text, MibTree.BuiltIn, out _), Is.False);

    [Test]
    public void The_values_of_an_index_are_written_like_values_elsewhere()
    {
        Assert.That(Format(Address, 1u, IPAddress.Parse("192.0.2.1")), Is.EqualTo(new[] { "ipv4(1)", "192.0.2.1" }));
        Assert.That(Format(Group, 3u, "public"), Is.EqualTo(new[] { "3", "public" }));
        Assert.That(Format(Port, 3u, IndexValue.FromOctets([0, 1, 2, 3, 4, 255])), Is.EqualTo(new[] { "3", "00:01:02:03:04:ff" }));
        Assert.That(Format(Subtree, "all", Oid.Parse("1.3.6.1.2.1.1.5")), Is.EqualTo(new[] { "all", "SNMPv2-MIB::sysName" }));
    }

    private static IEnumerable<string> Format(MibNode column, params IndexValue[] values) =>
        column.Index.Zip(values, static (part, value) => IndexText.Format(new MibIndexValue(part.Column, value), MibTree.BuiltIn));
}
