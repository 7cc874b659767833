namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Cuts the text of a file of modules into pieces (ISO 8824-1, section 12; RFC 2578, section 3.1).</summary>
internal sealed partial class MibLexer
{
    private readonly string _text;
    private readonly MibParseLog _log;
    private readonly List<MibToken> _tokens;
    private int _at;
    private int _line = 1;
    private int _unfinished;

    private MibLexer(string text, MibParseLog log)
    {
        _text = text;
        _log = log;
        _tokens = new List<MibToken>((text.Length / 16) + 16);
    }

    /// <summary>Cuts a text up.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="log">Takes what is wrong.</param>
    /// <returns>The pieces; the last one marks the end.</returns>
    internal static List<MibToken> Cut(string text, MibParseLog log)
    {
        var lexer = new MibLexer(text, log);
        while (lexer._at < text.Length)
        {
            lexer.Next();
        }

        lexer._tokens.Add(new MibToken(MibTokenKind.End, text.Length, 0, lexer._line));
        return lexer._tokens;
    }

    private void Next()
    {
        var character = _text[_at];
        if (character is '\n' or '\r')
        {
            EndLine();
        }
        else if (char.IsWhiteSpace(character) || character is '\0' or '\u001A' or '\uFEFF')
        {
            _at++;
        }
        else if (char.IsAsciiLetter(character))
        {
            Word(_at);
        }
        else if (char.IsAsciiDigit(character))
        {
            NumberOrWord(_at);
        }
        else
        {
            Sign(character);
        }
    }

    private void Sign(char character)
    {
        switch (character)
        {
            case '-':
                Dash();
                break;
            case '"':
                Text();
                break;
            case '\'':
                Digits();
                break;
            case ':' when Starts("::="):
                Add(MibTokenKind.Assign, 3);
                break;
            case ':' when Starts(":="):
                _log.Warn(_line, "':=' stands for '::='.");
                Add(MibTokenKind.Assign, 2);
                break;
            case '.':
                Add(Starts("..") ? MibTokenKind.Range : MibTokenKind.Dot, Starts("...") ? 3 : Starts("..") ? 2 : 1);
                break;
            default:
                Add(KindOf(character), 1);
                break;
        }
    }

    private static MibTokenKind KindOf(char character) => character switch
    {
        '{' => MibTokenKind.OpenBrace,
        '}' => MibTokenKind.CloseBrace,
        '(' => MibTokenKind.OpenParenthesis,
        ')' => MibTokenKind.CloseParenthesis,
        '[' => MibTokenKind.OpenBracket,
        ']' => MibTokenKind.CloseBracket,
        ',' => MibTokenKind.Comma,
        ';' => MibTokenKind.Semicolon,
        '|' => MibTokenKind.Bar,
        _ => MibTokenKind.Other,
    };

    private void Dash()
    {
        if (Starts("--"))
        {
            Comment();
        }
        else if (_at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
        {
            NumberOrWord(_at + 1);
        }
        else
        {
            Add(MibTokenKind.Other, 1);
        }
    }

    private void NumberOrWord(int digits)
    {
        var end = digits;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if (end < _text.Length && (char.IsAsciiLetter(_text[end]) || _text[end] == '_') && _text[_at] != '-')
        {
            Word(end);
            return;
        }

        Add(MibTokenKind.Number, end - _at);
    }

    // A hyphen belongs to a word where another letter follows it: two are a comment.
    private void Word(int from)
    {
        var end = from;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_' || IsHyphen(end)))
        {
            end++;
        }

        Add(MibTokenKind.Identifier, end - _at);
    }

    private bool IsHyphen(int at) => _text[at] == '-' && at + 1 < _text.Length && (char.IsAsciiLetterOrDigit(_text[at + 1]) || _text[at + 1] == '_');

    private bool Starts(string sign) => _text.AsSpan(_at).StartsWith(sign);

    private void Add(MibTokenKind kind, int length)
    {
        _tokens.Add(new MibToken(kind, _at, length, _line));
        _at += length;
    }

    private void EndLine()
    {
        _at += _text[_at] == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
