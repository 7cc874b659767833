namespace Connections.Snmp.Mibs.Parsing;

/// <summary>The clauses of the macros, in whatever order they come.</summary>
internal sealed partial class MibParser
{
    /// <summary>Reads clauses up to and with the '::='.</summary>
    private bool Clauses(ParsedDefinition definition)
    {
        while (!Take(MibTokenKind.Assign))
        {
            var token = Current;
            if (IsAtEndOfDefinition())
            {
                _log.Fail(token.Line, $"The definition of '{definition.Name}' has no '::=' before '{Quote(token)}'.", "It was left out.");
                return false;
            }

            if (definition.Kind is ParsedKind.Compliance or ParsedKind.Capabilities && KeywordAt(_at) is MibKeyword.None or MibKeyword.Object)
            {
                SkipToAssign();
            }
            else if (!Clause(definition))
            {
                _log.Warn(token.Line, $"'{Quote(token)}' has no place in the definition of '{definition.Name}'.", "It was left out up to the next clause.");
                SkipToClause();
            }
        }

        return true;
    }

    // What a MODULE-COMPLIANCE or AGENT-CAPABILITIES says of other objects changes nothing of them.
    private void SkipToAssign()
    {
        while (Current.Kind != MibTokenKind.Assign && !IsAtEndOfDefinition())
        {
            _at++;
        }
    }

    private void SkipToClause()
    {
        do
        {
            _at++;
        }
        while (Current.Kind != MibTokenKind.Assign && !IsAtEndOfDefinition() && KeywordAt(_at) is < MibKeyword.Syntax or > MibKeyword.DisplayHint);
    }

    private bool Clause(ParsedDefinition definition)
    {
        if (Current.Kind != MibTokenKind.Identifier)
        {
            return false;
        }

        var keyword = ExpectedKeyword(_at++);
        switch (keyword)
        {
            case MibKeyword.Syntax:
                definition.Syntax = Syntax(definition.Name);
                return true;
            case MibKeyword.WriteSyntax:
                Syntax(definition.Name);
                return true;
            case MibKeyword.Access or MibKeyword.MaxAccess or MibKeyword.MinAccess:
                Access(definition, keyword);
                return true;
            case MibKeyword.Status:
                Status(definition);
                return true;
            case MibKeyword.Index:
                definition.Index = [.. IndexParts(definition.Name)];
                return true;
            case MibKeyword.Augments:
                definition.Augments = BracedNames("AUGMENTS") is [var row, ..] ? row : null;
                return true;
            case MibKeyword.DefVal:
                definition.Default = Default();
                return true;
            case MibKeyword.Objects or MibKeyword.Notifications or MibKeyword.Variables:
                definition.Objects = [.. BracedNames("a list of objects")];
                return true;
            case MibKeyword.Enterprise:
                definition.Enterprise = Enterprise();
                return true;
            default:
                return TextClause(definition, keyword);
        }
    }

    private bool TextClause(ParsedDefinition definition, MibKeyword keyword)
    {
        switch (keyword)
        {
            case MibKeyword.Description:
                var description = Text();
                definition.Description ??= description;
                return true;
            case MibKeyword.Units:
                definition.Units = Text();
                return true;
            case MibKeyword.DisplayHint:
                definition.DisplayHint = Text();
                return true;
            case MibKeyword.Reference or MibKeyword.LastUpdated or MibKeyword.Organization or MibKeyword.ContactInfo or MibKeyword.ProductRelease or MibKeyword.Revision:
                SkipText();
                return true;
            default:
                _at--;
                return false;
        }
    }

    private string? Text()
    {
        var token = Current;
        if (!SkipText())
        {
            return null;
        }

        var text = TextOf(token).ToString();
        return text.Contains("\"\"", StringComparison.Ordinal) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    private bool SkipText()
    {
        if (Take(MibTokenKind.Text))
        {
            return true;
        }

        _log.Warn(Current.Line, $"{Quote(_tokens[_at - 1])} is followed by '{Quote(Current)}', which is no text.", "Write it between quotation marks.");
        return false;
    }

    private void Access(ParsedDefinition definition, MibKeyword keyword)
    {
        var token = Current;
        if (keyword == MibKeyword.Access && _module.IsVersion2)
        {
            _log.Warn(token.Line, $"'{definition.Name}' has the ACCESS of SMIv1 in a module of SMIv2.", "It was read as MAX-ACCESS.");
        }

        if (!Take(MibTokenKind.Identifier))
        {
            _log.Warn(token.Line, $"'{Quote(token)}' is no access.", "Write read-only, for instance.");
            return;
        }

        definition.Access = TextOf(token).ToString().ToLowerInvariant().Replace('_', '-') switch
        {
            "not-accessible" => MibAccess.NotAccessible,
            "accessible-for-notify" => MibAccess.AccessibleForNotify,
            "read-only" => MibAccess.ReadOnly,
            "read-write" or "write-only" => MibAccess.ReadWrite,
            "read-create" => MibAccess.ReadCreate,
            _ => MibAccess.Unknown,
        };
        if (definition.Access == MibAccess.Unknown)
        {
            _log.Warn(token.Line, $"'{Quote(token)}' is no access.", "There are not-accessible, accessible-for-notify, read-only, read-write and read-create.");
        }
    }

    private void Status(ParsedDefinition definition)
    {
        var token = Current;
        if (!Take(MibTokenKind.Identifier))
        {
            _log.Warn(token.Line, $"'{Quote(token)}' is no status.", "Write current, for instance.");
            return;
        }

        definition.Status = _names.Get(TextOf(token));
        if (definition.Status is "mandatory" or "optional" && _module.IsVersion2)
        {
            _log.Warn(token.Line, $"'{definition.Name}' has the status '{definition.Status}' of SMIv1 in a module of SMIv2.", "SMIv2 has current, deprecated and obsolete.");
        }
        else if (definition.Status is not ("current" or "deprecated" or "obsolete" or "mandatory" or "optional"))
        {
            _log.Warn(token.Line, $"'{definition.Status}' is no status.", "There are current, deprecated and obsolete.");
        }
    }

    private string? Enterprise()
    {
        var isBraced = Take(MibTokenKind.OpenBrace);
        var token = Current;
        if (!Take(MibTokenKind.Identifier))
        {
            _log.Warn(token.Line, $"'{Quote(token)}' is no enterprise.", "Write the name of an OID.");
            return null;
        }

        _ = isBraced && Take(MibTokenKind.CloseBrace);
        return _names.Get(TextOf(token));
    }

    // What stands between the braces, whatever form it has (RFC 2578, section 7.9).
    private string? Default()
    {
        if (Current.Kind != MibTokenKind.OpenBrace)
        {
            _log.Warn(Current.Line, $"DEFVAL is followed by '{Quote(Current)}'.", "Write the value between braces.");
            return null;
        }

        var start = Current.Start + 1;
        SkipBraces();
        var last = _tokens[_at - 1];
        var end = last.Kind == MibTokenKind.CloseBrace ? last.Start : last.Start + last.Length;
        return string.Join(' ', _text[Math.Min(start, end)..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
