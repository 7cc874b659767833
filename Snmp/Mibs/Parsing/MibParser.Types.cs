namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Type assignments and textual conventions (RFC 2579).</summary>
internal sealed partial class MibParser
{
    private void TypeOrOid(MibToken token)
    {
        _at += 2;
        if (Current.Kind == MibTokenKind.OpenBrace)
        {
            _log.Warn(token.Line, $"'OBJECT IDENTIFIER' is missing after '{Quote(token)}'.", "It was read as if it were there.");
            var definition = new ParsedDefinition(_names.Get(TextOf(token)), ParsedKind.Identifier, token.Line);
            if (Oid(definition))
            {
                _module.Definitions.Add(definition);
            }

            return;
        }

        if (ExpectedTypeKeyword() == MibKeyword.TextualConvention)
        {
            _at++;
            TextualConvention(token);
            return;
        }

        var name = TypeNameOf(token);
        if (Syntax(name) is { } syntax)
        {
            _module.Types.Add(new ParsedType(name, syntax, null));
        }
        else
        {
            Recover();
        }
    }

    private MibKeyword ExpectedTypeKeyword() => GuessAt(_at) == MibKeyword.TextualConvention ? ExpectedKeyword(_at) : MibKeyword.None;

    private void TextualConvention(MibToken token)
    {
        // It has the clauses of a definition, but its last one is the SYNTAX.
        var clauses = new ParsedDefinition(TypeNameOf(token), ParsedKind.Identifier, token.Line);
        while (!IsAtEndOfDefinition() && Current.Kind is MibTokenKind.Identifier or MibTokenKind.Comma)
        {
            if (clauses.Syntax is not null && !IsClause(_at))
            {
                break;
            }

            if (!Clause(clauses))
            {
                _log.Warn(Current.Line, $"'{Quote(Current)}' has no place in the definition of '{clauses.Name}'.", "It was left out up to the next clause.");
                SkipToClause();
            }
        }

        if (clauses.Syntax is { } syntax)
        {
            _module.Types.Add(new ParsedType(clauses.Name, syntax, clauses.DisplayHint));
        }
        else
        {
            _log.Fail(token.Line, $"The textual convention '{clauses.Name}' has no SYNTAX.", "It was left out.");
            Recover();
        }
    }

    private string TypeNameOf(MibToken token)
    {
        var name = _names.Get(TextOf(token));
        CheckName(name, token.Line, isType: true, "type");
        return name;
    }
}
