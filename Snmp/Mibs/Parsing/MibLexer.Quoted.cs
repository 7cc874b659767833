namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Comments, and what stands between quotation marks.</summary>
internal sealed partial class MibLexer
{
    private const int Decoration = 3;

    // Each text without an end is looked through to the end of the file, which a hostile file could make very long.
    private const int MostUnfinished = 16;

    // A comment ends at the next two hyphens or with its line. Three and more are what people draw lines with: nothing but a comment follows them,
    // unless they are four, within a line, and so two comments with nothing in them.
    private void Comment()
    {
        var run = RunOfDashes(_at);
        var toEnd = run >= Decoration && !(run == 4 && IsWithinLine());
        _at += run == 4 && !toEnd ? 4 : toEnd ? run : 2;
        if (run == 4 && !toEnd)
        {
            return;
        }

        while (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
        {
            var dashes = toEnd ? 0 : RunOfDashes(_at);
            if (dashes == 2)
            {
                _at += 2;
                return;
            }

            toEnd |= dashes >= Decoration;
            _at += Math.Max(1, dashes);
        }
    }

    private bool IsWithinLine() => _tokens.Count > 0 && _tokens[^1].Line == _line;

    private int RunOfDashes(int at)
    {
        var end = at;
        while (end < _text.Length && _text[end] == '-')
        {
            end++;
        }

        return end - at;
    }

    // A quotation mark within a text is written twice (ISO 8824-1, section 12.14.1).
    private void Text()
    {
        var (start, line) = (_at + 1, _line);
        for (var end = start; ;)
        {
            var found = _text.IndexOf('"', end);
            if (found < 0)
            {
                Unfinished(start, line);
                return;
            }

            if (found + 1 < _text.Length && _text[found + 1] == '"')
            {
                end = found + 2;
                continue;
            }

            _tokens.Add(new MibToken(MibTokenKind.Text, start, found - start, line));
            CountLines(start, found);
            _at = found + 1;
            return;
        }
    }

    // What follows the first line of a text without an end is read as if the text ended there, so that the rest of the file is not lost.
    private void Unfinished(int start, int line)
    {
        _log.Fail(line, "A text has no closing quotation mark.", "It was taken to end with its line.");
        var end = _text.AsSpan(start).IndexOfAny('\n', '\r');
        end = end < 0 ? _text.Length : start + end;
        _tokens.Add(new MibToken(MibTokenKind.Text, start, end - start, line));
        _at = ++_unfinished < MostUnfinished ? end : _text.Length;
    }

    private void CountLines(int start, int end)
    {
        var text = _text.AsSpan(start, end - start);
        for (var found = text.IndexOfAny('\n', '\r'); found >= 0; found = text.IndexOfAny('\n', '\r'))
        {
            _line++;
            text = text[(found + (text[found] == '\r' && found + 1 < text.Length && text[found + 1] == '\n' ? 2 : 1))..];
        }
    }

    private void Digits()
    {
        var start = _at + 1;
        var length = _text.AsSpan(start).IndexOfAny("'\n\r");
        if (length < 0 || _text[start + length] != '\'' || start + length + 1 >= _text.Length)
        {
            Add(MibTokenKind.Other, 1);
            return;
        }

        var kind = _text[start + length + 1] switch
        {
            'H' or 'h' => MibTokenKind.Hexadecimal,
            'B' or 'b' => MibTokenKind.Binary,
            _ => MibTokenKind.Other,
        };
        _tokens.Add(new MibToken(kind, start, length, _line));
        _at = start + length + (kind == MibTokenKind.Other ? 1 : 2);
    }
}
