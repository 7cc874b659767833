using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Parsing;

/// <summary>Every macro of SMIv1 and SMIv2.</summary>
internal sealed class MacroTests
{
    [Test]
    public void MODULE_IDENTITY_OBJECT_IDENTITY_and_OBJECT_IDENTIFIER_are_identifiers()
    {
        var tree = ModuleText.TreeOf("""
            a OBJECT-IDENTITY STATUS current DESCRIPTION "what a is" REFERENCE "r" ::= { test 1 }
            b OBJECT IDENTIFIER ::= { a 2 }
            c OBJECT IDENTIFIER ::= { iso org(3) dod(6) 1 4 1 99999 3 }
            """);

        AssertSound(tree);
        Assert.That(tree.NodeOf("test").Description, Is.EqualTo("d"));
        Assert.That(tree.NodeOf("a").Description, Is.EqualTo("what a is"));
        Assert.That(new[] { "test", "a", "b", "c" }.Select(name => tree.NodeOf(name).Kind), Is.All.EqualTo(MibNodeKind.Identifier));
        Assert.That(tree.NodeOf("b").Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99999.1.2")));
        Assert.That(tree.NodeOf("c").Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99999.3")));
    }

    [Test]
    public void A_REVISION_has_a_DESCRIPTION_of_its_own()
    {
        var tree = ModuleText.TreeOfFile("""
            A-MIB DEFINITIONS ::= BEGIN
            IMPORTS MODULE-IDENTITY, enterprises FROM SNMPv2-SMI;
            a MODULE-IDENTITY LAST-UPDATED "1" ORGANIZATION "o" CONTACT-INFO "c" DESCRIPTION "own" REVISION "2" DESCRIPTION "first" REVISION "1" DESCRIPTION "second"
              ::= { enterprises 1 }
            END
            """);

        Assert.That(tree.Find("a")!.Description, Is.EqualTo("own"));
    }

    [Test]
    public void OBJECT_TYPE_makes_scalars_tables_rows_and_columns()
    {
        var tree = ModuleText.TreeOf("""
            s OBJECT-TYPE SYNTAX Integer32 (0..10) UNITS "seconds" MAX-ACCESS read-write STATUS deprecated DESCRIPTION "a ""quoted"" word" REFERENCE "r" DEFVAL { 5 } ::= { test 1 }
            t OBJECT-TYPE SYNTAX SEQUENCE OF E MAX-ACCESS not-accessible STATUS current DESCRIPTION "d" ::= { test 2 }
            e OBJECT-TYPE SYNTAX E MAX-ACCESS not-accessible STATUS current DESCRIPTION "d" INDEX { i, IMPLIED n } ::= { t 1 }
            E ::= SEQUENCE { i Integer32, n OCTET STRING, o OBJECT IDENTIFIER }
            i OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS not-accessible STATUS current DESCRIPTION "d" ::= { e 1 }
            n OBJECT-TYPE SYNTAX OCTET STRING (SIZE(0..32)) MAX-ACCESS accessible-for-notify STATUS current DESCRIPTION "d" ::= { e 2 }
            o OBJECT-TYPE SYNTAX OBJECT IDENTIFIER MAX-ACCESS read-create STATUS current DESCRIPTION "d" ::= { e 3 }
            x OBJECT-TYPE SYNTAX SEQUENCE OF X MAX-ACCESS not-accessible STATUS current DESCRIPTION "d" ::= { test 3 }
            xe OBJECT-TYPE SYNTAX X MAX-ACCESS not-accessible STATUS current DESCRIPTION "d" AUGMENTS { e } ::= { x 1 }
            X ::= SEQUENCE { xo Counter64 }
            xo OBJECT-TYPE SYNTAX Counter64 MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { xe 1 }
            """);

        AssertSound(tree);
        var scalar = tree.NodeOf("s");
        Assert.That((scalar.Kind, scalar.Units, scalar.Access, scalar.Status, scalar.Description, scalar.DefaultValue),
            Is.EqualTo((MibNodeKind.Scalar, "seconds", MibAccess.ReadWrite, "deprecated", "a \"quoted\" word", "5")));
        Assert.That(scalar.Syntax!.Ranges, Is.EqualTo(new[] { new MibRange(0, 10) }));
        Assert.That(tree.NodeOf("t").Kind, Is.EqualTo(MibNodeKind.Table));
        Assert.That(tree.NodeOf("e").Kind, Is.EqualTo(MibNodeKind.Row));
        Assert.That(new[] { "i", "n", "o", "xo" }.Select(name => tree.NodeOf(name).Kind), Is.All.EqualTo(MibNodeKind.Column));
        Assert.That(tree.NodeOf("n").Access, Is.EqualTo(MibAccess.AccessibleForNotify));
        Assert.That(tree.NodeOf("o").Access, Is.EqualTo(MibAccess.ReadCreate));
        MibIndexColumn[] index = [new(tree.NodeOf("i"), false), new(tree.NodeOf("n"), true)];
        Assert.That(new[] { "e", "o", "xe", "xo" }.Select(name => tree.NodeOf(name).Index), Is.All.EqualTo(index));
        Assert.That(tree.NodeOf("t").Index, Is.Empty);
    }

    [Test]
    public void NOTIFICATION_TYPE_lists_its_objects()
    {
        var tree = ModuleText.TreeOf("""
            n NOTIFICATION-TYPE OBJECTS { ifIndex, s } STATUS current DESCRIPTION "d" ::= { test 0 1 }
            s OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 1 }
            """, "ifIndex FROM IF-MIB");

        AssertSound(tree);
        Assert.That(tree.NodeOf("n").Kind, Is.EqualTo(MibNodeKind.Notification));
        Assert.That(tree.NodeOf("n").Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99999.0.1")));
        Assert.That(tree.NodeOf("n").Objects.Select(node => node.QualifiedName), Is.EqualTo(new[] { "IF-MIB::ifIndex", "TEST-MIB::s" }));
    }

    [Test]
    public void TRAP_TYPE_gets_the_OID_that_RFC_3584_gives_it()
    {
        var tree = ModuleText.TreeOfFile("""
            TRAP-MIB DEFINITIONS ::= BEGIN
            IMPORTS TRAP-TYPE FROM RFC-1215 enterprises FROM RFC1155-SMI snmp FROM RFC1213-MIB ifIndex FROM RFC1213-MIB;
            acme OBJECT IDENTIFIER ::= { enterprises 4711 }
            coldStartOfOld TRAP-TYPE ENTERPRISE snmp DESCRIPTION "generic" ::= 0
            burning TRAP-TYPE ENTERPRISE acme VARIABLES { ifIndex } DESCRIPTION "specific" ::= 7
            braced TRAP-TYPE ENTERPRISE { acme } ::= { 8 }
            END
            """);

        AssertSound(tree);
        Assert.That(tree.Find("coldStartOfOld")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.6.3.1.1.5.1")));
        Assert.That(tree.Find("burning")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.4711.0.7")));
        Assert.That(tree.Find("braced")!.Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.4711.0.8")));
        Assert.That(tree.Find("burning")!.Objects.Select(node => node.Name), Is.EqualTo(new[] { "ifIndex" }));
    }

    [Test]
    public void Groups_compliances_and_capabilities_are_nodes()
    {
        var tree = ModuleText.TreeOf("""
            s OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { test 1 }
            n NOTIFICATION-TYPE STATUS current DESCRIPTION "d" ::= { test 2 }
            og OBJECT-GROUP OBJECTS { s } STATUS current DESCRIPTION "d" ::= { test 3 }
            ng NOTIFICATION-GROUP NOTIFICATIONS { n } STATUS current DESCRIPTION "d" ::= { test 4 }
            mc MODULE-COMPLIANCE STATUS current DESCRIPTION "d" MODULE MANDATORY-GROUPS { og, ng } GROUP og DESCRIPTION "g"
                OBJECT s SYNTAX INTEGER { a(1), b(2) } WRITE-SYNTAX Integer32 (1..2) MIN-ACCESS not-accessible DESCRIPTION "o" MODULE IF-MIB MANDATORY-GROUPS { x } ::= { test 5 }
            ac AGENT-CAPABILITIES PRODUCT-RELEASE "p" STATUS current DESCRIPTION "d" SUPPORTS IF-MIB INCLUDES { ifGeneralGroup }
                VARIATION s SYNTAX Integer32 (1..2) ACCESS read-only CREATION-REQUIRES { s } DEFVAL { 1 } DESCRIPTION "v" ::= { test 6 }
            """);

        AssertSound(tree);
        Assert.That(new[] { "og", "ng", "mc", "ac" }.Select(name => tree.NodeOf(name).Kind),
            Is.EqualTo(new[] { MibNodeKind.Group, MibNodeKind.Group, MibNodeKind.Compliance, MibNodeKind.Capabilities }));
        Assert.That(tree.NodeOf("og").Objects, Is.EqualTo(new[] { tree.NodeOf("s") }));
        Assert.That(tree.NodeOf("s").Syntax!.NamedNumbers, Is.Empty);
    }

    [Test]
    public void A_MACRO_is_skipped()
    {
        var tree = ModuleText.TreeOf("""
            OBJECT-TYPE MACRO ::= BEGIN TYPE NOTATION ::= "SYNTAX" Syntax "ACCESS" Access VALUE NOTATION ::= value (VALUE ObjectName) END
            a OBJECT IDENTIFIER ::= { test 1 }
            """);

        AssertSound(tree);
        Assert.That(tree.NodeOf("a").Oid, Is.EqualTo(Oid.Parse("1.3.6.1.4.1.99999.1")));
    }

    [Test]
    public void Modules_of_one_file_are_all_read()
    {
        var tree = ModuleText.TreeOfFile("""
            A-MIB { iso 1 } DEFINITIONS ::= BEGIN EXPORTS a, b; a OBJECT IDENTIFIER ::= { iso 9 } END
            B-MIB DEFINITIONS IMPLICIT TAGS ::= BEGIN IMPORTS a FROM A-MIB { iso 1 }; b OBJECT IDENTIFIER ::= { a 1 } END
            """);

        AssertSound(tree);
        Assert.That(tree.Find("B-MIB::b")!.Oid, Is.EqualTo(Oid.Parse("1.9.1")));
    }

    [TestCase("{ 5 }", "5")]
    [TestCase("{ -5 }", "-5")]
    [TestCase("{ up }", "up")]
    [TestCase("{ \"text\" }", "\"text\"")]
    [TestCase("{ 'FF00'H }", "'FF00'H")]
    [TestCase("{ '1010'B }", "'1010'B")]
    [TestCase("{ { } }", "{ }")]
    [TestCase("{ { a, b } }", "{ a, b }")]
    [TestCase("{ zeroDotZero }", "zeroDotZero")]
    [TestCase("{ { 0 0 } }", "{ 0 0 }")]
    [TestCase("{ 1\n  2 }", "1 2")]
    public void DEFVAL_is_kept_in_every_form(string written, string kept)
    {
        var tree = ModuleText.TreeOf($"x OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION \"d\" DEFVAL {written} ::= {{ test 1 }}");

        AssertSound(tree);
        Assert.That(tree.NodeOf("x").DefaultValue, Is.EqualTo(kept));
    }

    private static void AssertSound(MibTree tree) => Assert.That(tree.Diagnostics, Is.Empty);
}
