using System.Text;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.BuiltIn;
using Connections.Snmp.Mibs.Loading;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Tests.Mibs.Parsing;

/// <summary>Mutated and hostile modules never throw, hang, or take more than they deserve.</summary>
internal sealed class ParserFuzzTests
{
    private static readonly string[] Words =
    [
        "{", "}", "(", ")", "::=", "\"", "--", ",", ";", "|", "..", "'", "'H", "END", "BEGIN", "DEFINITIONS", "IMPORTS", "FROM", "OBJECT-TYPE", "OBJECT IDENTIFIER", "SYNTAX", "SEQUENCE OF",
        "INDEX", "AUGMENTS", "SIZE", "MIN", "-1", "4294967296", "99999999999999999999999999999999999", "TEXTUAL-CONVENTION", "MACRO", "\n", "\r", "\0", "\u00e9", "enterprises", "INTEGER", "DEFVAL",
    ];

    private static readonly int Inputs = Thoroughness.Choose(quick: 6_000, thorough: 600_000);

    private static readonly string[] Corpus =
        [.. Directory.EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Mibs/Loading/Broken")).Order(StringComparer.Ordinal).Select(static file => File.ReadAllText(file, Encoding.Latin1))];

    [TestCase(1)]
    [TestCase(2)]
    public void A_mutated_module_never_throws(int seed)
    {
        var random = new Random(seed);
        var modules = 0;
        var nodes = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var text = Mutate(Corpus[i % Corpus.Length], random);
            var log = new MibParseLog("fuzz");
            var parsed = MibParser.Parse(text, log);
            modules += parsed.Length;
            foreach (var module in parsed)
            {
                nodes += module.Definitions.Length;
                Assert.That(module.Diagnostics.Select(told => told.Line), Is.All.InRange(1, text.Length + 1));
            }

            // Much of the time goes into the tree.
            if (i % 20 == 0)
            {
                TreeBuilder.Build(BuiltInModules.All, [.. parsed.DistinctBy(static module => module.Name)]);
            }
        }

        Assert.That(modules, Is.GreaterThan(Inputs / 2));
        Assert.That(nodes, Is.GreaterThan(Inputs));
    }

    [TestCase("{", TestName = "Braces that open and never close")]
    [TestCase("(", TestName = "Parentheses that open and never close")]
    [TestCase("\"", TestName = "Quotation marks")]
    [TestCase("\"\"\n", TestName = "Empty texts")]
    [TestCase("\"\"\"\n", TestName = "Texts that never end")]
    [TestCase("-", TestName = "Hyphens")]
    [TestCase("-- ", TestName = "Comments")]
    [TestCase("a OBJECT-TYPE ", TestName = "Definitions without an end")]
    [TestCase("a OBJECT-TYPE SYNTAX INTEGER { ", TestName = "Labels without an end")]
    [TestCase("A ::= SEQUENCE { ", TestName = "Sequences in sequences")]
    [TestCase("A ::= CHOICE { x SEQUENCE OF ", TestName = "Choices")]
    [TestCase("IMPORTS a b c ", TestName = "Imports without an end")]
    [TestCase("IMPORTS a OBJECT-TYPE ", TestName = "Imports that look like definitions")]
    [TestCase("A { 1 ", TestName = "Headers that are none")]
    [TestCase("A DEFINITIONS ::= BEGIN ", TestName = "Modules in modules")]
    [TestCase("a OBJECT IDENTIFIER ::= { a 1 } ", TestName = "Names under themselves")]
    [TestCase("[", TestName = "Tags")]
    [TestCase("x MACRO ::= BEGIN ", TestName = "Macros without an end")]
    [CancelAfter(60_000)]
    public void A_million_characters_of_it_are_read_in_a_moment(string piece)
    {
        var text = "HOSTILE-MIB DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI; good OBJECT IDENTIFIER ::= { enterprises 1 }\n"
            + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        var parsed = MibParser.Parse(text, new MibParseLog("hostile"));
        var tree = TreeBuilder.Build(BuiltInModules.All, [.. parsed.DistinctBy(static module => module.Name)]);

        Assert.That(tree.Find("HOSTILE-MIB::good"), Is.Not.Null);
        Assert.That(tree.Diagnostics, Has.Length.LessThan(5_000));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_long_chain_of_names_is_no_danger()
    {
        var text = new StringBuilder("CHAIN-MIB DEFINITIONS ::= BEGIN T0 ::= INTEGER\n");
        for (var i = 20_000; i > 0; i--)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"n{i} OBJECT IDENTIFIER ::= {{ n{i - 1} }} T{i} ::= T{i - 1} m{i} OBJECT IDENTIFIER ::= {{ iso org m{i - 1} }}\n");
        }

        var tree = TreeBuilder.Build(BuiltInModules.All, ModuleText.Parse(text + "n0 OBJECT IDENTIFIER ::= { iso 7 } END"));

        Assert.That(tree.Find("CHAIN-MIB::n1")!.Oid.ToString(), Is.EqualTo("1.7"));
        Assert.That(tree.Diagnostics.Any(told => told.Severity == MibSeverity.Error), Is.True);
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(mutated.Length);
            switch (random.Next(5))
            {
                case 0:
                    mutated.Remove(at, Math.Min(random.Next(1, 40), mutated.Length - at));
                    break;
                case 1:
                    mutated.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 2:
                    mutated.Insert(at, $" {Words[random.Next(Words.Length)]} ");
                    break;
                case 3:
                    mutated[at] = (char)random.Next(1, 256);
                    break;
                default:
                    mutated.Insert(at, mutated.ToString(at, Math.Min(random.Next(1, 200), mutated.Length - at)));
                    break;
            }

            if (mutated.Length == 0)
            {
                mutated.Append(' ');
            }
        }

        return mutated.ToString();
    }
}
