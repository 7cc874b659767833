using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Tests.Mibs.Parsing;

internal sealed class LexerTests
{
    [TestCase("a b", "a b")]
    [TestCase("a -- comment\nb", "a b", TestName = "A comment ends with its line")]
    [TestCase("a -- comment\rb", "a b", TestName = "A comment ends with its line of an old Macintosh")]
    [TestCase("a -- comment -- b", "a b", TestName = "A comment ends at two hyphens")]
    [TestCase("a --comment--b", "a b", TestName = "A comment needs no space")]
    [TestCase("a ---- b", "a b", TestName = "A comment may be empty")]
    [TestCase("---- title\nb", "b", TestName = "Four hyphens at the beginning of a line draw a line")]
    [TestCase("--- title ---\nb", "b", TestName = "Three hyphens are a comment up to the end of the line")]
    [TestCase("-----------------\nb", "b", TestName = "A line of hyphens of odd length is a comment")]
    [TestCase("-- title --- more\nb", "b", TestName = "Three hyphens do not end a comment")]
    [TestCase("a -- it's \"so\"\nb", "a b", TestName = "Quotation marks in a comment begin no text")]
    [TestCase("\"a -- b\" c", "\"a -- b c", TestName = "Hyphens in a text begin no comment")]
    [TestCase("\"a \"\"b\"\" c\" d", "\"a \"\"b\"\" c d", TestName = "A quotation mark in a text is written twice")]
    [TestCase("\"\" d", "\" d", TestName = "A text may be empty")]
    [TestCase("a-b a--b\n", "a-b a", TestName = "A name has single hyphens")]
    [TestCase("-5 0..10 a..b", "-5 0 .. 10 a .. b", TestName = "Ranges and negative numbers")]
    [TestCase("802dot3 64K", "802dot3 64K", TestName = "A name that begins with digits is a name")]
    [TestCase("'0aFF'H ''h '01'B 'x'", "H0aFF H B01 ? x ?", TestName = "Digits between apostrophes")]
    [TestCase("::= := { } ( ) [ ] , ; | . ..", "::= := { } ( ) [ ] , ; | . ..")]
    [TestCase("a\0\u001a\ufeff b", "a b", TestName = "What editors leave behind is white")]
    [TestCase("a_b", "a_b")]
    [TestCase("# ~", "? ?")]
    public void It_cuts_a_text_into_tokens(string text, string expected)
    {
        var tokens = MibLexer.Cut(text, new MibParseLog(""));

        Assert.That(tokens[^1].Kind, Is.EqualTo(MibTokenKind.End));
        Assert.That(string.Join(' ', tokens.SkipLast(1).Select(token => MarkOf(token.Kind) + Shown(token, text))), Is.EqualTo(expected));
    }

    [Test]
    public void Lines_are_counted_through_texts_and_all_ends_of_lines()
    {
        var tokens = MibLexer.Cut("a\nb\r\nc\rd \"x\ny\r\nz\" e\n\nf", new MibParseLog(""));

        Assert.That(tokens.Select(token => token.Line), Is.EqualTo(new[] { 1, 2, 3, 4, 4, 6, 8, 8 }));
    }

    [Test]
    public void A_text_without_an_end_ends_with_its_line_and_is_told()
    {
        var log = new MibParseLog("f");
        var tokens = MibLexer.Cut("a\n\"text\nb ::= c", log);

        Assert.That(tokens.Select(token => token.Kind), Is.EqualTo(new[]
        {
            MibTokenKind.Identifier, MibTokenKind.Text, MibTokenKind.Identifier, MibTokenKind.Assign, MibTokenKind.Identifier, MibTokenKind.End,
        }));
        var told = log.Since(0).Single();
        Assert.That((told.Line, told.Severity), Is.EqualTo((2, MibSeverity.Error)));
    }

    private static string MarkOf(MibTokenKind kind) => kind switch
    {
        MibTokenKind.Text => "\"",
        MibTokenKind.Hexadecimal => "H",
        MibTokenKind.Binary => "B",
        MibTokenKind.Other => "?",
        _ => "",
    };

    private static string Shown(MibToken token, string text) =>
        token.Kind == MibTokenKind.Other && token.Length == 1 && !char.IsLetter(text[token.Start]) ? "" : text.Substring(token.Start, token.Length);
}
