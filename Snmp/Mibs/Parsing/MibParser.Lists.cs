namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Lists between braces.</summary>
internal sealed partial class MibParser
{
    private List<string> BracedNames(string what)
    {
        var names = new List<string>();
        foreach (var token in BracedWords(what))
        {
            names.Add(_names.Get(TextOf(token)));
        }

        return names;
    }

    private List<ParsedIndexPart> IndexParts(string owner)
    {
        var parts = new List<ParsedIndexPart>();
        var isImplied = false;
        foreach (var token in BracedWords($"the index of '{owner}'"))
        {
            if (MibKeywords.Guess(TextOf(token)) == MibKeyword.Implied)
            {
                isImplied = true;
                continue;
            }

            parts.Add(new ParsedIndexPart(_names.Get(TextOf(token)), isImplied));
            isImplied = false;
        }

        return parts;
    }

    /// <summary>The words of a list, with commas, too many of them, or none.</summary>
    private List<MibToken> BracedWords(string what)
    {
        var words = new List<MibToken>();
        var hasBrace = Expect(MibTokenKind.OpenBrace, "{", what);
        while (!Take(MibTokenKind.CloseBrace))
        {
            var token = Current;
            if (Current.Kind == MibTokenKind.Assign || IsAtEndOfDefinition() || IsClause(_at) || (!hasBrace && token.Line != _tokens[_at - 1].Line))
            {
                _log.Warn(token.Line, $"'}}' is missing before '{Quote(token)}' in {what}.", "It was read as if it were there.");
                break;
            }

            _at++;
            switch (token.Kind)
            {
                case MibTokenKind.Identifier:
                    words.Add(token);
                    break;
                case MibTokenKind.Comma when words.Count == 0 || KindAt(_at) != MibTokenKind.Identifier:
                    _log.Warn(token.Line, $"A comma in {what} has no name beside it.", "It was left out.");
                    break;
                case MibTokenKind.Comma or MibTokenKind.Dot:
                    break;
                default:
                    _log.Warn(token.Line, $"'{Quote(token)}' has no place in {what}.", "It was left out.");
                    break;
            }
        }

        return words;
    }
}
