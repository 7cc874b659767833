using System.Globalization;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A name and what defines it.</summary>
internal sealed partial class MibParser
{
    private void Definition()
    {
        var token = Current;
        if (token.Kind != MibTokenKind.Identifier)
        {
            Unexpected(token, "a name was expected");
            return;
        }

        if (KindAt(_at + 1) == MibTokenKind.Assign)
        {
            TypeOrOid(token);
            return;
        }

        var keyword = ExpectedKeyword(_at + 1);
        switch (keyword)
        {
            case MibKeyword.Macro:
                SkipMacro();
                break;
            case MibKeyword.TextualConvention:
                _log.Warn(token.Line, $"'::=' is missing after '{Quote(token)}'.", "It was read as if it were there.");
                _at += 2;
                TextualConvention(token);
                break;
            case MibKeyword.Object when GuessAt(_at + 2) == MibKeyword.Identifier:
                Place(token, ParsedKind.Identifier, words: 3);
                break;
            case >= MibKeyword.ObjectType and <= MibKeyword.AgentCapabilities:
                Place(token, KindOf(keyword), words: 2);
                break;
            default:
                Unexpected(_tokens[_at + 1], $"what '{Quote(token)}' is was expected");
                break;
        }
    }

    private static ParsedKind KindOf(MibKeyword keyword) => keyword switch
    {
        MibKeyword.ObjectType => ParsedKind.Object,
        MibKeyword.NotificationType => ParsedKind.Notification,
        MibKeyword.TrapType => ParsedKind.Trap,
        MibKeyword.ObjectGroup or MibKeyword.NotificationGroup => ParsedKind.Group,
        MibKeyword.ModuleCompliance => ParsedKind.Compliance,
        MibKeyword.AgentCapabilities => ParsedKind.Capabilities,
        _ => ParsedKind.Identifier,
    };

    private void Unexpected(MibToken token, string expected)
    {
        _log.Fail(token.Line, $"'{Quote(token)}' makes no sense here: {expected}.", "Everything up to the next definition was left out.");
        _at++;
        Recover();
    }

    /// <summary>A definition that gives a name a place in the tree.</summary>
    private void Place(MibToken token, ParsedKind kind, int words)
    {
        var name = _names.Get(TextOf(token));
        CheckName(name, token.Line, isType: false, "object");
        _module.IsVersion2 |= KeywordAt(_at + 1) == MibKeyword.ModuleIdentity;
        if (kind == ParsedKind.Trap && _module.IsVersion2)
        {
            _log.Warn(token.Line, $"'{name}' is a TRAP-TYPE, which SMIv2 has no more.", "It was read as SMIv1 has it.");
        }

        _at += words;
        var definition = new ParsedDefinition(name, kind, token.Line);
        if (!Clauses(definition) || !OidOf(definition))
        {
            Recover();
            return;
        }

        if (!_defined.Add(name))
        {
            _log.Warn(token.Line, $"'{name}' is defined twice in {_module.Name}.", "The first definition counts where the name is asked for.");
        }

        _module.Definitions.Add(definition);
    }

    private bool OidOf(ParsedDefinition definition)
    {
        if (definition.Kind == ParsedKind.Trap)
        {
            var isBraced = Take(MibTokenKind.OpenBrace);
            var number = Current;
            if (number.Kind != MibTokenKind.Number || !TryReadArc(number, out var trap))
            {
                _log.Fail(number.Line, $"The trap '{definition.Name}' has no number.", "Write '::= 1'.");
                return false;
            }

            _at++;
            _ = isBraced && Take(MibTokenKind.CloseBrace);
            definition.TrapNumber = trap;
            return true;
        }

        return Oid(definition);
    }

    private bool Oid(ParsedDefinition definition)
    {
        var hasBrace = Expect(MibTokenKind.OpenBrace, "{", $"the OID of '{definition.Name}'");
        var parts = new List<ParsedOidPart>();
        while (!Take(MibTokenKind.CloseBrace))
        {
            var token = Current;
            if (IsAtEndOfDefinition() || (!hasBrace && token.Line != _tokens[_at - 1].Line))
            {
                _log.Warn(token.Line, $"'}}' is missing before '{Quote(token)}' in the OID of '{definition.Name}'.", "It was read as if it were there.");
                break;
            }

            _at++;
            if (!OidPart(token, parts, definition))
            {
                return false;
            }
        }

        if (parts.Count == 0)
        {
            _log.Fail(definition.Line, $"'{definition.Name}' has an empty OID.", "Write '::= { parent 1 }'.");
            return false;
        }

        definition.Oid = [.. parts];
        return true;
    }

    private bool OidPart(MibToken token, List<ParsedOidPart> parts, ParsedDefinition definition)
    {
        switch (token.Kind)
        {
            case MibTokenKind.Number when TryReadArc(token, out var arc):
                parts.Add(new ParsedOidPart(null, arc));
                return true;
            case MibTokenKind.Identifier when KindAt(_at) == MibTokenKind.Dot && KindAt(_at + 1) == MibTokenKind.Identifier:
                // `{ SNMPv2-SMI.enterprises 9 }`: the name that follows is enough.
                _at++;
                return true;
            case MibTokenKind.Identifier:
                parts.Add(new ParsedOidPart(_names.Get(TextOf(token)), NumberInParentheses()));
                return true;
            case MibTokenKind.Comma or MibTokenKind.Dot:
                _log.Warn(token.Line, $"'{Quote(token)}' has no place in the OID of '{definition.Name}'.", "It was left out.");
                return true;
            default:
                _log.Fail(token.Line, $"'{Quote(token)}' has no place in the OID of '{definition.Name}'.", "Write names and numbers from 0 to 4294967295.");
                return false;
        }
    }

    private uint? NumberInParentheses()
    {
        if (Current.Kind != MibTokenKind.OpenParenthesis || KindAt(_at + 1) != MibTokenKind.Number || !TryReadArc(_tokens[_at + 1], out var arc))
        {
            return null;
        }

        _at += 2;
        Expect(MibTokenKind.CloseParenthesis, ")", "an OID");
        return arc;
    }

    private bool TryReadArc(MibToken token, out uint arc) => uint.TryParse(TextOf(token), NumberStyles.None, CultureInfo.InvariantCulture, out arc);

    /// <summary>A MACRO says how macros are written; whoever reads modules knows that.</summary>
    private void SkipMacro()
    {
        while (Current.Kind != MibTokenKind.End && KeywordAt(_at) != MibKeyword.End)
        {
            _at++;
        }

        _at += Current.Kind == MibTokenKind.End ? 0 : 1;
    }
}
