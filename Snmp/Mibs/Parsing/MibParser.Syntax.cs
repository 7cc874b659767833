using System.Collections.Immutable;
using System.Globalization;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>SYNTAX (RFC 2578, section 7.1).</summary>
internal sealed partial class MibParser
{
    /// <summary>Reads a type; nothing, and an error told, where there is none.</summary>
    private ParsedSyntax? Syntax(string owner)
    {
        SkipTag();
        var token = Current;
        if (token.Kind != MibTokenKind.Identifier)
        {
            _log.Fail(token.Line, $"'{Quote(token)}' is no type, which SYNTAX of '{owner}' needs.", "It was left out.");
            return null;
        }

        _at++;
        switch (MibKeywords.Guess(TextOf(token)))
        {
            case MibKeyword.Sequence when GuessAt(_at) == MibKeyword.Of && KindAt(_at + 1) == MibTokenKind.Identifier:
                _at += 2;
                return SyntaxOf(_tokens[_at - 1], SyntaxShape.SequenceOf);
            case MibKeyword.Sequence when Current.Kind == MibTokenKind.OpenBrace:
                SkipBraces();
                return SyntaxOf(token, SyntaxShape.Sequence);
            case MibKeyword.Choice when Current.Kind == MibTokenKind.OpenBrace:
                SkipBraces();
                return SyntaxOf(token, SyntaxShape.Choice);
            case MibKeyword.Octet when GuessAt(_at) == MibKeyword.String:
                _at++;
                return Refined(token, "OCTET STRING", owner);
            case MibKeyword.Bit when GuessAt(_at) == MibKeyword.String:
                _at++;
                return Refined(token, "BITS", owner);
            case MibKeyword.Object when GuessAt(_at) == MibKeyword.Identifier:
                _at++;
                return Refined(token, "OBJECT IDENTIFIER", owner);
            default:
                return Refined(QualifiedType(token), null, owner);
        }
    }

    // [APPLICATION 1] IMPLICIT, as SNMPv2-SMI writes its types.
    private void SkipTag()
    {
        if (Current.Kind == MibTokenKind.OpenBracket)
        {
            while (!IsAtEndOfDefinition() && !Take(MibTokenKind.CloseBracket))
            {
                _at++;
            }
        }

        _at += KeywordAt(_at) is MibKeyword.Implicit or MibKeyword.Explicit ? 1 : 0;
    }

    // `SNMPv2-TC.DisplayString`: the name that follows is enough.
    private MibToken QualifiedType(MibToken token)
    {
        if (Current.Kind == MibTokenKind.Dot && KindAt(_at + 1) == MibTokenKind.Identifier)
        {
            _at += 2;
            return _tokens[_at - 1];
        }

        return token;
    }

    private ParsedSyntax SyntaxOf(MibToken token, SyntaxShape shape) => new() { TypeName = _names.Get(TextOf(token)), Line = token.Line, Shape = shape };

    private ParsedSyntax Refined(MibToken token, string? name, string owner)
    {
        var syntax = new ParsedSyntax { TypeName = name ?? _names.Get(TextOf(token)), Line = token.Line };
        if (_module.IsVersion2 && syntax.TypeName is "Counter" or "Gauge" or "NetworkAddress")
        {
            _log.Warn(token.Line, $"'{owner}' has the type {syntax.TypeName} of SMIv1 in a module of SMIv2.", $"It was read as {(syntax.TypeName == "NetworkAddress" ? "IpAddress" : syntax.TypeName + "32")}.");
        }

        if (Current.Kind == MibTokenKind.OpenBrace)
        {
            return syntax with { NamedNumbers = NamedNumbers(owner) };
        }

        while (Take(MibTokenKind.OpenParenthesis))
        {
            syntax = Constraint(syntax, owner);
        }

        return syntax;
    }

    private ImmutableArray<MibNamedNumber> NamedNumbers(string owner)
    {
        _at++;
        var numbers = ImmutableArray.CreateBuilder<MibNamedNumber>();
        var afterComma = true;
        while (!Take(MibTokenKind.CloseBrace))
        {
            var token = Current;
            if (token.Kind == MibTokenKind.Assign || IsAtEndOfDefinition() || IsClause(_at))
            {
                _log.Warn(token.Line, $"'}}' is missing before '{Quote(token)}' in the labels of '{owner}'.", "It was read as if it were there.");
                break;
            }

            _at++;
            if (token.Kind == MibTokenKind.Comma)
            {
                afterComma = CommaOfLabels(token, afterComma, owner);
            }
            else if (token.Kind is MibTokenKind.Identifier or MibTokenKind.Number && Current.Kind == MibTokenKind.OpenParenthesis)
            {
                Label(token, numbers, afterComma, owner);
                afterComma = false;
            }
            else
            {
                _log.Warn(token.Line, $"'{Quote(token)}' is no label of '{owner}'.", "A label is a name and a number in parentheses, such as up(1).");
                afterComma = false;
            }
        }

        return numbers.DrainToImmutable();
    }

    private bool CommaOfLabels(MibToken token, bool afterComma, string owner)
    {
        if (afterComma || Current.Kind == MibTokenKind.CloseBrace)
        {
            _log.Warn(token.Line, $"A comma in the labels of '{owner}' has no label beside it.", "It was left out.");
        }

        return true;
    }

    private void Label(MibToken token, ImmutableArray<MibNamedNumber>.Builder numbers, bool afterComma, string owner)
    {
        var name = _names.Get(TextOf(token));
        if (!afterComma)
        {
            _log.Warn(token.Line, $"A comma is missing before '{name}' in the labels of '{owner}'.", "It was read as if it were there.");
        }

        if (name[0] is not (>= 'a' and <= 'z') || name.Contains('_', StringComparison.Ordinal))
        {
            _log.Warn(token.Line, $"The label '{name}' of '{owner}' should begin with a small letter and have no underscore.", "It is kept.");
        }

        _at++;
        var number = Current;
        if (ReadValue(number) is { } value and >= int.MinValue and <= int.MaxValue && decimal.IsInteger(value))
        {
            numbers.Add(new MibNamedNumber(name, (int)value));
            _at++;
        }
        else
        {
            _log.Warn(number.Line, $"'{Quote(number)}' is no number for the label '{name}' of '{owner}'.", "The label was left out.");
            _at += number.Kind is MibTokenKind.CloseParenthesis or MibTokenKind.CloseBrace ? 0 : 1;
        }

        Expect(MibTokenKind.CloseParenthesis, ")", $"the labels of '{owner}'");
    }
}
