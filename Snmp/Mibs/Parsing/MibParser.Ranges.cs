using System.Collections.Immutable;
using System.Globalization;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Ranges of values and sizes (RFC 2578, section 9).</summary>
internal sealed partial class MibParser
{
    // MIN and MAX, which mean the ends of the type's own range.
    internal const decimal Least = decimal.MinValue;
    internal const decimal Most = decimal.MaxValue;

    /// <summary>Reads what stands between parentheses after a type; the opening one is taken already.</summary>
    private ParsedSyntax Constraint(ParsedSyntax syntax, string owner)
    {
        var isSize = GuessAt(_at) == MibKeyword.Size;
        if (!isSize)
        {
            return syntax with { Ranges = Ranges(owner) };
        }

        _at++;
        var isBraced = Expect(MibTokenKind.OpenParenthesis, "(", $"the SIZE of '{owner}'");
        syntax = syntax with { Sizes = Ranges(owner) };
        if (isBraced)
        {
            Expect(MibTokenKind.CloseParenthesis, ")", $"the SIZE of '{owner}'");
        }

        return syntax;
    }

    private ImmutableArray<MibRange> Ranges(string owner)
    {
        var ranges = new List<MibRange>();
        while (!Take(MibTokenKind.CloseParenthesis))
        {
            var token = Current;
            if (token.Kind == MibTokenKind.Assign || IsAtEndOfDefinition() || IsClause(_at))
            {
                _log.Warn(token.Line, $"')' is missing before '{Quote(token)}' in the range of '{owner}'.", "It was read as if it were there.");
                break;
            }

            _at++;
            if (ReadValue(token) is { } least)
            {
                var most = Take(MibTokenKind.Range) ? MostOf(owner) : least;
                Add(ranges, least, most, token, owner);
            }
            else if (token.Kind is not (MibTokenKind.Bar or MibTokenKind.OpenParenthesis))
            {
                _log.Warn(token.Line, $"'{Quote(token)}' has no place in the range of '{owner}'.", "A range is written (0..255 | 300).");
            }
        }

        return [.. ranges.OrderBy(static range => range.Least)];
    }

    private decimal? MostOf(string owner)
    {
        if (ReadValue(Current) is { } most)
        {
            _at++;
            return most;
        }

        _log.Warn(Current.Line, $"'{Quote(Current)}' is no end for the range of '{owner}'.", "A range is written (0..255 | 300).");
        return null;
    }

    private void Add(List<MibRange> ranges, decimal least, decimal? most, MibToken token, string owner)
    {
        if (most is not { } end)
        {
            return;
        }

        if (end < least)
        {
            _log.Warn(token.Line, $"The range of '{owner}' ends before it begins.", "Its ends were exchanged.");
            (least, end) = (end, least);
        }

        ranges.Add(new MibRange(least, end));
    }

    private decimal? ReadValue(MibToken token)
    {
        var text = TextOf(token);
        return token.Kind switch
        {
            MibTokenKind.Number => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            MibTokenKind.Hexadecimal => text.IsEmpty ? 0 : ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null,
            MibTokenKind.Binary => text.IsEmpty ? 0 : ulong.TryParse(text, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out var number) ? number : null,
            MibTokenKind.Identifier => MibKeywords.Guess(text) switch { MibKeyword.Min => Least, MibKeyword.Max => Most, _ => null },
            _ => null,
        };
    }
}
