using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Tree;

internal sealed class BuiltInTests
{
    private readonly MibTree _tree = MibTree.BuiltIn;

    [Test]
    public void Nothing_is_wrong_in_the_built_in_names() => Assert.That(_tree.Diagnostics, Is.Empty);

    [TestCase("SNMPv2-SMI SNMPv2-TC SNMPv2-MIB SNMPv2-CONF RFC1213-MIB RFC1155-SMI RFC-1212 RFC-1215")]
    [TestCase("IF-MIB IANAifType-MIB IP-MIB IP-FORWARD-MIB TCP-MIB UDP-MIB INET-ADDRESS-MIB")]
    [TestCase("EtherLike-MIB BRIDGE-MIB P-BRIDGE-MIB Q-BRIDGE-MIB LLDP-MIB")]
    [TestCase("HOST-RESOURCES-MIB HOST-RESOURCES-TYPES ENTITY-MIB ENTITY-SENSOR-MIB")]
    [TestCase("SNMP-FRAMEWORK-MIB SNMP-MPD-MIB SNMP-TARGET-MIB SNMP-NOTIFICATION-MIB SNMP-USER-BASED-SM-MIB SNMP-VIEW-BASED-ACM-MIB SNMP-COMMUNITY-MIB")]
    [TestCase("NOTIFICATION-LOG-MIB DISMAN-EVENT-MIB UCD-SNMP-MIB NET-SNMP-MIB NET-SNMP-TC NET-SNMP-AGENT-MIB NET-SNMP-EXTEND-MIB")]
    public void The_common_modules_are_there(string modules) => Assert.Multiple(() =>
    {
        foreach (var module in modules.Split(' '))
        {
            Assert.That(_tree.FindModule(module), Is.Not.Null, module);
            Assert.That(_tree.FindModule(module)?.File, Is.Null, module);
        }
    });

    [TestCase("sysUpTime", "1.3.6.1.2.1.1.3")]
    [TestCase("snmpTrapOID", "1.3.6.1.6.3.1.1.4.1")]
    [TestCase("linkDown", "1.3.6.1.6.3.1.1.5.3")]
    [TestCase("ifAlias", "1.3.6.1.2.1.31.1.1.1.18")]
    [TestCase("ipAdEntAddr", "1.3.6.1.2.1.4.20.1.1")]
    [TestCase("ipNetToPhysicalPhysAddress", "1.3.6.1.2.1.4.35.1.4")]
    [TestCase("inetCidrRouteIfIndex", "1.3.6.1.2.1.4.24.7.1.7")]
    [TestCase("tcpConnState", "1.3.6.1.2.1.6.13.1.1")]
    [TestCase("udpInDatagrams", "1.3.6.1.2.1.7.1")]
    [TestCase("icmpInMsgs", "1.3.6.1.2.1.5.1")]
    [TestCase("snmpInPkts", "1.3.6.1.2.1.11.1")]
    [TestCase("dot3StatsAlignmentErrors", "1.3.6.1.2.1.10.7.2.1.2")]
    [TestCase("dot1dTpFdbPort", "1.3.6.1.2.1.17.4.3.1.2")]
    [TestCase("dot1qTpFdbPort", "1.3.6.1.2.1.17.7.1.2.2.1.2")]
    [TestCase("hrStorageUsed", "1.3.6.1.2.1.25.2.3.1.6")]
    [TestCase("hrStorageRam", "1.3.6.1.2.1.25.2.1.2")]
    [TestCase("entPhysicalDescr", "1.3.6.1.2.1.47.1.1.1.1.2")]
    [TestCase("entPhySensorValue", "1.3.6.1.2.1.99.1.1.1.4")]
    [TestCase("lldpRemSysName", "1.0.8802.1.1.2.1.4.1.1.9")]
    [TestCase("snmpEngineID", "1.3.6.1.6.3.10.2.1.1")]
    [TestCase("usmStatsUnknownEngineIDs", "1.3.6.1.6.3.15.1.1.4")]
    [TestCase("vacmAccessReadViewName", "1.3.6.1.6.3.16.1.4.1.5")]
    [TestCase("snmpTargetAddrTAddress", "1.3.6.1.6.3.12.1.2.1.3")]
    [TestCase("snmpTrapAddress", "1.3.6.1.6.3.18.1.3")]
    [TestCase("nlmLogTime", "1.3.6.1.2.1.92.1.3.1.1.2")]
    [TestCase("mteTriggerFired", "1.3.6.1.2.1.88.2.0.1")]
    [TestCase("laLoad", "1.3.6.1.4.1.2021.10.1.3")]
    [TestCase("nsModuleName", "1.3.6.1.4.1.8072.1.2.1.1.4")]
    [TestCase("nsExtendOutput1Line", "1.3.6.1.4.1.8072.1.3.2.3.1.1")]
    public void A_common_name_has_its_OID(string name, string oid) => Assert.That(_tree.Find(name)?.Oid, Is.EqualTo(Oid.Parse(oid)));

    [Test]
    public void An_object_is_described_like_by_its_module()
    {
        var status = _tree.Find("ifAdminStatus")!;
        Assert.That((status.Kind, status.Access, status.Syntax!.Type), Is.EqualTo((MibNodeKind.Column, MibAccess.ReadWrite, SnmpType.Integer32)));
        Assert.That(status.Syntax.NamedNumbers, Is.EqualTo(new[] { new MibNamedNumber("up", 1), new MibNamedNumber("down", 2), new MibNamedNumber("testing", 3) }));
        Assert.That(status.Index.Single().Column.Name, Is.EqualTo("ifIndex"));
        Assert.That(_tree.Find("ifXEntry")!.Index.Single().Column.Name, Is.EqualTo("ifIndex"), "it augments ifEntry");
        Assert.That(_tree.Find("ifPhysAddress")!.Syntax!.DisplayHint, Is.EqualTo("1x:"));
        Assert.That(_tree.Find("vacmGroupName")!.Index.Select(part => (part.Column.Name, part.IsImplied)),
            Is.EqualTo(new[] { ("vacmSecurityModel", false), ("vacmSecurityName", false) }));
        Assert.That(_tree.Find("snmpNotifyName")!.Index.Single().IsImplied, Is.True);
        Assert.That(_tree.Find("ipv6InterfaceReasmMaxSize")!.Units, Is.EqualTo("octets"));
        Assert.That(_tree.Find("linkUp")!.Objects.Select(node => node.Name), Is.EqualTo(new[] { "ifIndex", "ifAdminStatus", "ifOperStatus" }));
        Assert.That(_tree.FindType("SNMPv2-TC", "DateAndTime")!.DisplayHint, Is.EqualTo("2d-1d-1d,1d:1d:1d.1d,1a1d:1d"));
    }

    [Test]
    public void Every_table_has_a_row_and_every_row_an_index_and_columns() => Assert.Multiple(() =>
    {
        foreach (var node in _tree.Nodes)
        {
            switch (node.Kind)
            {
                case MibNodeKind.Table:
                    Assert.That(node.Children.Select(child => child.Kind), Is.EqualTo(new[] { MibNodeKind.Row }), node.QualifiedName);
                    break;
                case MibNodeKind.Row:
                    Assert.That(node.Index, Is.Not.Empty, node.QualifiedName);
                    Assert.That(node.Children.Select(child => child.Kind), Is.Not.Empty.And.All.EqualTo(MibNodeKind.Column), node.QualifiedName);
                    break;
                case MibNodeKind.Column or MibNodeKind.Scalar:
                    Assert.That(node.Syntax, Is.Not.Null, node.QualifiedName);
                    Assert.That(node.Access, Is.Not.EqualTo(MibAccess.Unknown), node.QualifiedName);
                    break;
            }
        }
    });
}
