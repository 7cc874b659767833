using System.Collections.Immutable;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.BuiltIn;
using Connections.Snmp.Mibs.Loading;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Tests.Mibs.Parsing;

/// <summary>Trees of modules that stand in a test.</summary>
internal static class ModuleText
{
    internal const string File = "test.mib";

    /// <summary>The tree of the built-in names and one module TEST-MIB of SMIv2, whose root is <c>test</c>, <c>1.3.6.1.4.1.99999</c>.</summary>
    internal static MibTree TreeOf(string body, string imports = "") => TreeOfFile(
        $"""
        TEST-MIB DEFINITIONS ::= BEGIN
        IMPORTS MODULE-IDENTITY, OBJECT-TYPE, NOTIFICATION-TYPE, OBJECT-IDENTITY, Integer32, Unsigned32, Counter32, Counter64, Gauge32, TimeTicks, IpAddress, Opaque, enterprises FROM SNMPv2-SMI
            TEXTUAL-CONVENTION, DisplayString, MacAddress, TruthValue, RowStatus FROM SNMPv2-TC {imports};
        test MODULE-IDENTITY LAST-UPDATED "202601010000Z" ORGANIZATION "o" CONTACT-INFO "c" DESCRIPTION "d" ::= {"{ enterprises 99999 }"}
        {body}
        END
        """);

    internal static MibTree TreeOfFile(params string[] texts)
    {
        var modules = texts.SelectMany(static text => Parse(text)).ToList();
        return TreeBuilder.Build(BuiltInModules.All, modules);
    }

    internal static ImmutableArray<ParsedModule> Parse(string text) => MibParser.Parse(text, new MibParseLog(File));

    /// <summary>The node of a name of TEST-MIB.</summary>
    internal static MibNode NodeOf(this MibTree tree, string name) => tree.Find($"TEST-MIB::{name}") ?? throw new AssertionException($"There is no TEST-MIB::{name}: {string.Join('\n', tree.Diagnostics)}");

    /// <summary>The syntax of a scalar of TEST-MIB that has it for its SYNTAX.</summary>
    internal static MibSyntax? SyntaxOf(string syntax, out ImmutableArray<MibDiagnostic> diagnostics)
    {
        var tree = TreeOf($"x OBJECT-TYPE SYNTAX {syntax} MAX-ACCESS read-only STATUS current DESCRIPTION \"d\" ::= {{ test 1 }}");
        diagnostics = tree.Diagnostics;
        return tree.NodeOf("x").Syntax;
    }
}
