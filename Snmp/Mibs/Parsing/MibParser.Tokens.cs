namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Looking at tokens, and going on after an error.</summary>
internal sealed partial class MibParser
{
    private const int LongestQuote = 40;

    private ReadOnlySpan<char> TextOf(MibToken token) => _text.AsSpan(token.Start, token.Length);

    private string Quote(MibToken token) => token.Kind switch
    {
        MibTokenKind.End => "the end of the file",
        _ when token.Length > LongestQuote => $"{TextOf(token)[..LongestQuote]}…",
        _ => TextOf(token).ToString(),
    };

    private MibKeyword KeywordAt(int at) =>
        at < _tokens.Count && _tokens[at].Kind == MibTokenKind.Identifier ? MibKeywords.Find(TextOf(_tokens[at])) : MibKeyword.None;

    private MibKeyword GuessAt(int at) =>
        at < _tokens.Count && _tokens[at].Kind == MibTokenKind.Identifier ? MibKeywords.Guess(TextOf(_tokens[at])) : MibKeyword.None;

    private MibTokenKind KindAt(int at) => at < _tokens.Count ? _tokens[at].Kind : MibTokenKind.End;

    /// <summary>The keyword where one is expected; one in the wrong case is told.</summary>
    private MibKeyword ExpectedKeyword(int at)
    {
        var keyword = KeywordAt(at);
        if (keyword == MibKeyword.None && GuessAt(at) is not MibKeyword.None and var guess)
        {
            _log.Warn(_tokens[at].Line, $"'{Quote(_tokens[at])}' is no keyword.", "It was taken for the one in capitals and with hyphens.");
            return guess;
        }

        return keyword;
    }

    private bool Take(MibTokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Expect(MibTokenKind kind, string sign, string within)
    {
        if (Take(kind))
        {
            return true;
        }

        _log.Warn(Current.Line, $"'{sign}' is missing before '{Quote(Current)}' in {within}.", "It was read as if it were there.");
        return false;
    }

    /// <summary>Whether a definition begins: a name, and what defines it.</summary>
    private bool StartsDefinition(int at)
    {
        if (_tokens[at].Kind != MibTokenKind.Identifier)
        {
            return false;
        }

        var next = KindAt(at + 1);
        if (next == MibTokenKind.Assign)
        {
            return KindAt(at + 2) is MibTokenKind.Identifier or MibTokenKind.OpenBracket;
        }

        var keyword = KeywordAt(at + 1);
        return MibKeywords.Defines(keyword) || (keyword == MibKeyword.Object && KeywordAt(at + 2) == MibKeyword.Identifier && KindAt(at + 3) == MibTokenKind.Assign);
    }

    private bool IsAtEndOfDefinition() => Current.Kind == MibTokenKind.End || KeywordAt(_at) == MibKeyword.End || StartsDefinition(_at);

    /// <summary>Whether a word begins a clause that no list has in it.</summary>
    private bool IsClause(int at) => KeywordAt(at) is >= MibKeyword.Syntax and <= MibKeyword.DisplayHint and not MibKeyword.Implied;

    /// <summary>Goes to where the next definition begins, or the module ends.</summary>
    private void Recover()
    {
        while (!IsAtEndOfDefinition() && KeywordAt(_at) != MibKeyword.Imports)
        {
            _at++;
        }
    }

    /// <summary>Skips what stands between braces, the outer ones taken too.</summary>
    private void SkipBraces()
    {
        var depth = 0;
        do
        {
            depth += Current.Kind switch { MibTokenKind.OpenBrace => 1, MibTokenKind.CloseBrace => -1, _ => 0 };
            _at++;
        }
        while (depth > 0 && !IsAtEndOfDefinition());
    }

    private void CheckName(string name, int line, bool isType, string what)
    {
        if (char.IsAsciiDigit(name[0]) || isType != char.IsAsciiLetterUpper(name[0]))
        {
            _log.Warn(line, $"The name of the {what} '{name}' begins with {(char.IsAsciiDigit(name[0]) ? "a digit" : isType ? "a small letter" : "a capital letter")}.");
        }

        if (name.Contains('_', StringComparison.Ordinal))
        {
            _log.Warn(line, $"The name '{name}' has an underscore.", "It is kept; other tools may refuse it.");
        }
    }
}
