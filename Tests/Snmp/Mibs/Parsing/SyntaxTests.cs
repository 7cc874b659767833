using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Parsing;

internal sealed class SyntaxTests
{
    [TestCase("INTEGER", SnmpType.Integer32)]
    [TestCase("Integer32", SnmpType.Integer32)]
    [TestCase("Unsigned32", SnmpType.Gauge32)]
    [TestCase("UInteger32", SnmpType.Gauge32)]
    [TestCase("Gauge32", SnmpType.Gauge32)]
    [TestCase("Counter32", SnmpType.Counter32)]
    [TestCase("Counter64", SnmpType.Counter64)]
    [TestCase("TimeTicks", SnmpType.TimeTicks)]
    [TestCase("IpAddress", SnmpType.IpAddress)]
    [TestCase("Opaque", SnmpType.Opaque)]
    [TestCase("OCTET STRING", SnmpType.OctetString)]
    [TestCase("OBJECT IDENTIFIER", SnmpType.ObjectIdentifier)]
    [TestCase("BITS { a(0) }", SnmpType.OctetString)]
    [TestCase("DisplayString", SnmpType.OctetString)]
    [TestCase("TruthValue", SnmpType.Integer32)]
    [TestCase("SNMPv2-TC.MacAddress", SnmpType.OctetString)]
    public void A_type_is_known_by_what_it_looks_like_in_messages(string syntax, SnmpType type)
    {
        var resolved = ModuleText.SyntaxOf(syntax, out var diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(resolved!.Type, Is.EqualTo(type));
        Assert.That(resolved.IsBits, Is.EqualTo(syntax.StartsWith("BITS", StringComparison.Ordinal)));
    }

    [TestCase("Integer32 (5)", "5..5")]
    [TestCase("Integer32 (-5..5)", "-5..5")]
    [TestCase("Integer32 (0..5 | 10 | 20..30)", "0..5 10..10 20..30")]
    [TestCase("Integer32 (20..30 | 0..5)", "0..5 20..30", TestName = "Ranges are put in order")]
    [TestCase("Integer32 ('00'H..'FF'H)", "0..255")]
    [TestCase("Integer32 ('0'B..'1111'B)", "0..15")]
    [TestCase("Integer32 (MIN..MAX)", "-2147483648..2147483647")]
    [TestCase("Unsigned32 (1..MAX)", "1..4294967295")]
    [TestCase("Counter64 (0..18446744073709551615)", "0..18446744073709551615")]
    public void Ranges_are_read(string syntax, string ranges)
    {
        var resolved = ModuleText.SyntaxOf(syntax, out var diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(string.Join(' ', resolved!.Ranges.Select(range => $"{range.Least}..{range.Most}")), Is.EqualTo(ranges));
    }

    [TestCase("OCTET STRING (SIZE (6))", "6..6", 6)]
    [TestCase("OCTET STRING (SIZE (0..255))", "0..255", null)]
    [TestCase("OCTET STRING (SIZE (0 | 4 | 16))", "0..0 4..4 16..16", null)]
    [TestCase("OCTET STRING (SIZE (0..MAX))", "0..65535", null)]
    [TestCase("MacAddress", "6..6", 6)]
    [TestCase("DisplayString (SIZE (1..32))", "1..32", null)]
    public void Sizes_are_read(string syntax, string sizes, int? fixedSize)
    {
        var resolved = ModuleText.SyntaxOf(syntax, out var diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(string.Join(' ', resolved!.Sizes.Select(range => $"{range.Least}..{range.Most}")), Is.EqualTo(sizes));
        Assert.That(resolved.FixedSize, Is.EqualTo(fixedSize));
    }

    [Test]
    public void Labels_are_read_in_the_order_of_their_numbers()
    {
        var resolved = ModuleText.SyntaxOf("INTEGER { down(2), up(1), unknown(-1) }", out var diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(resolved!.NamedNumbers, Is.EqualTo(new[] { new MibNamedNumber("unknown", -1), new MibNamedNumber("up", 1), new MibNamedNumber("down", 2) }));
    }

    [Test]
    public void A_textual_convention_takes_in_what_it_is_made_of()
    {
        var tree = ModuleText.TreeOf("""
            Base ::= TEXTUAL-CONVENTION DISPLAY-HINT "1x:" STATUS current DESCRIPTION "d" REFERENCE "r" SYNTAX OCTET STRING (SIZE (0..8))
            Derived ::= TEXTUAL-CONVENTION STATUS current DESCRIPTION "d" SYNTAX Base (SIZE (4))
            Plain ::= Derived
            State ::= TEXTUAL-CONVENTION STATUS current DESCRIPTION "d" SYNTAX INTEGER { on(1), off(2) }
            d OBJECT-TYPE SYNTAX Derived MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 1 }
            p OBJECT-TYPE SYNTAX Plain MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 2 }
            s OBJECT-TYPE SYNTAX State MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 3 }
            r OBJECT-TYPE SYNTAX State { on(1) } MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 4 }
            """);

        Assert.That(tree.Diagnostics, Is.Empty);
        var derived = tree.NodeOf("d").Syntax!;
        Assert.That((derived.TypeName, derived.DisplayHint, derived.FixedSize, derived.Type), Is.EqualTo(("Derived", "1x:", 4, SnmpType.OctetString)));
        Assert.That(tree.FindType("TEST-MIB", "Derived"), Is.EqualTo(derived));
        Assert.That(tree.NodeOf("p").Syntax!.FixedSize, Is.EqualTo(4));
        Assert.That(tree.NodeOf("s").Syntax!.NamedNumbers.Select(label => label.Name), Is.EqualTo(new[] { "on", "off" }));
        Assert.That(tree.NodeOf("r").Syntax!.NamedNumbers.Select(label => label.Name), Is.EqualTo(new[] { "on" }));
        Assert.That(tree.FindType("State")!.NamedNumbers, Has.Length.EqualTo(2));
        Assert.That(tree.FindType("Nothing"), Is.Null);
    }

    [Test]
    public void Types_as_SMIv1_and_the_SMI_modules_write_them_are_read()
    {
        var tree = ModuleText.TreeOfFile("""
            OLD-MIB DEFINITIONS ::= BEGIN
            IMPORTS enterprises, Counter, Gauge, NetworkAddress FROM RFC1155-SMI OBJECT-TYPE FROM RFC-1212;
            PhysAddress ::= OCTET STRING
            Level ::= INTEGER (0..7)
            Tagged ::= [APPLICATION 9] IMPLICIT OCTET STRING (SIZE (4))
            Choice ::= CHOICE { internet IpAddress, other OCTET STRING }
            c OBJECT-TYPE SYNTAX Counter ACCESS read-only STATUS mandatory DESCRIPTION "d" ::= { enterprises 1 }
            g OBJECT-TYPE SYNTAX Gauge ACCESS write-only STATUS optional ::= { enterprises 2 }
            n OBJECT-TYPE SYNTAX NetworkAddress ACCESS read-write STATUS mandatory ::= { enterprises 3 }
            l OBJECT-TYPE SYNTAX Level ACCESS read-write STATUS mandatory ::= { enterprises 4 }
            END
            """);

        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Find("OLD-MIB::c")!.Syntax!.Type, Is.EqualTo(SnmpType.Counter32));
        Assert.That(tree.Find("OLD-MIB::g")!.Syntax!.Type, Is.EqualTo(SnmpType.Gauge32));
        Assert.That(tree.Find("OLD-MIB::g")!.Access, Is.EqualTo(MibAccess.ReadWrite));
        Assert.That(tree.Find("OLD-MIB::n")!.Syntax!.Type, Is.EqualTo(SnmpType.IpAddress));
        Assert.That(tree.Find("OLD-MIB::l")!.Syntax!.Ranges, Is.EqualTo(new[] { new MibRange(0, 7) }));
        Assert.That(tree.FindType("OLD-MIB", "Tagged")!.FixedSize, Is.EqualTo(4));
        Assert.That(tree.FindType("OLD-MIB", "Choice"), Is.Null);
    }
}
