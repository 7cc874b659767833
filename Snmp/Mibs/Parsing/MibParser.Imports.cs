namespace Connections.Snmp.Mibs.Parsing;

/// <summary>IMPORTS (RFC 2578, section 3.2).</summary>
internal sealed partial class MibParser
{
    private void Imports()
    {
        _at++;
        var symbols = new List<MibToken>();
        var afterComma = true;
        while (!Take(MibTokenKind.Semicolon))
        {
            var token = Current;
            if (token.Kind == MibTokenKind.End || KeywordAt(_at) == MibKeyword.End || (StartsDefinition(_at) && !IsSymbolOfImport()))
            {
                _log.Warn(token.Line, $"IMPORTS has no ';' before '{Quote(token)}'.", "It was taken to end there.");
                break;
            }

            _at++;
            if (token.Kind == MibTokenKind.Comma)
            {
                afterComma = Comma(token, afterComma);
            }
            else if (token.Kind != MibTokenKind.Identifier)
            {
                _log.Warn(token.Line, $"'{Quote(token)}' has no place in IMPORTS.", "It was left out.");
            }
            else if (MibKeywords.Guess(TextOf(token)) == MibKeyword.From && KindAt(_at) == MibTokenKind.Identifier)
            {
                ImportFrom(symbols);
                afterComma = true;
            }
            else
            {
                WarnUnless(afterComma, token);
                symbols.Add(token);
                afterComma = false;
            }
        }

        if (symbols.Count > 0)
        {
            _log.Warn(symbols[0].Line, $"'{Quote(symbols[0])}' is imported, but FROM no module.", "It is looked for in the modules that are known.");
        }
    }

    private bool Comma(MibToken token, bool afterComma)
    {
        if (afterComma)
        {
            _log.Warn(token.Line, "A comma in IMPORTS has no name before it.", "It was left out.");
        }

        return true;
    }

    private void WarnUnless(bool afterComma, MibToken symbol)
    {
        if (!afterComma)
        {
            _log.Warn(symbol.Line, $"A comma is missing before '{Quote(symbol)}' in IMPORTS.", "It was read as if it were there.");
        }
    }

    private void ImportFrom(List<MibToken> symbols)
    {
        var module = _names.Get(TextOf(Current));
        _at++;
        if (Current.Kind == MibTokenKind.OpenBrace)
        {
            SkipBraces();
        }

        foreach (var symbol in symbols)
        {
            _module.Imports.TryAdd(_names.Get(TextOf(symbol)), new ParsedImport(module, symbol.Line));
        }

        _module.IsVersion2 |= module is "SNMPv2-SMI" or "SNMPv2-TC" or "SNMPv2-CONF";
        symbols.Clear();
    }

    // Where a comma is missing, two symbols look like the beginning of a definition: `DisplayString OBJECT-TYPE FROM ...`.
    private bool IsSymbolOfImport()
    {
        const int Far = 200;
        for (var at = _at; at < _at + Far; at++)
        {
            switch (KindAt(at))
            {
                case MibTokenKind.Semicolon:
                    return true;
                case MibTokenKind.Identifier when KeywordAt(at) == MibKeyword.From:
                    return true;
                case MibTokenKind.Assign or MibTokenKind.End or MibTokenKind.Text or MibTokenKind.OpenBrace:
                    return false;
            }
        }

        return false;
    }
}
