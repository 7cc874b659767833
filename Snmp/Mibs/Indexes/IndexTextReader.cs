using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>Reads an index step by step. A number is an arc wherever it stands; everything else is the value of the part that the arcs before it lead to.</summary>
internal ref struct IndexTextReader(ReadOnlySpan<char> text, ImmutableArray<MibIndexColumn> columns, MibTree tree)
{
    private readonly List<uint> _arcs = [];
    private ReadOnlySpan<char> _left = text;

    internal bool TryRead(out OidIndex index)
    {
        index = default;
        while (!_left.IsEmpty)
        {
            var isRead = _left[0] switch
            {
                '.' => TryReadStep(),
                '[' => TryReadBracket(),
                _ => false,
            };
            if (!isRead || _arcs.Count > OidIndex.MaxArcs)
            {
                return false;
            }
        }

        index = new OidIndex([.. _arcs]);
        return true;
    }

    private bool TryReadStep()
    {
        _left = _left[1..];
        if (_left.IsEmpty)
        {
            return false;
        }

        if (_left[0] is '"' or '\'')
        {
            var quote = _left[0];
            return TryTakeQuoted(out var quoted) && TryAddQuoted(quoted, quote);
        }

        var end = _left.IndexOfAny('.', '[');
        var word = end < 0 ? _left : _left[..end];
        _left = _left[word.Length..];
        return TryAddNumber(word) || TryAddValue(word, isQuoted: false);
    }

    private bool TryReadBracket()
    {
        _left = _left[1..];
        if (!_left.IsEmpty && _left[0] is '"' or '\'')
        {
            return TryTakeQuoted(out var quoted) && TryTake(']') && TryAddValue(quoted, isQuoted: true);
        }

        // A value may have a bracket in it; the one that closes is followed by another step or by nothing.
        var end = 0;
        while (end < _left.Length && !(_left[end] == ']' && (end + 1 == _left.Length || _left[end + 1] is '[' or '.')))
        {
            end++;
        }

        if (end == _left.Length)
        {
            return false;
        }

        var value = _left[..end];
        _left = _left[(end + 1)..];
        return columns.IsDefaultOrEmpty ? TryAddNumber(value) : TryAddValue(value, isQuoted: false);
    }

    /// <summary>Takes what stands between quotes; the one that closes is followed by another step, a bracket or nothing.</summary>
    private bool TryTakeQuoted(out ReadOnlySpan<char> quoted)
    {
        for (var end = 1; end < _left.Length; end++)
        {
            if (_left[end] == _left[0] && (end + 1 == _left.Length || _left[end + 1] is '.' or '[' or ']'))
            {
                quoted = _left[1..end];
                _left = _left[(end + 1)..];
                return true;
            }
        }

        quoted = default;
        return false;
    }

    private bool TryTake(char character)
    {
        if (_left.IsEmpty || _left[0] != character)
        {
            return false;
        }

        _left = _left[1..];
        return true;
    }

    private readonly bool TryAddNumber(ReadOnlySpan<char> word)
    {
        var isNumber = uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var arc);
        if (isNumber)
        {
            _arcs.Add(arc);
        }

        return isNumber;
    }

    private readonly bool TryAddQuoted(ReadOnlySpan<char> quoted, char quote)
    {
        if (!columns.IsDefaultOrEmpty)
        {
            return TryAddValue(quoted, isQuoted: true);
        }

        var octets = Encoding.UTF8.GetBytes(quoted.ToString());
        if (quote == '"')
        {
            _arcs.Add((uint)octets.Length);
        }

        _arcs.AddRange(octets.Select(static octet => (uint)octet));
        return true;
    }

    private readonly bool TryAddValue(ReadOnlySpan<char> word, bool isQuoted) =>
        IndexCodec.TryFindNext(columns, [.. _arcs], out var column)
        && IndexValueText.TryParse(word.ToString(), isQuoted, column, tree, out var value)
        && IndexCodec.TryAdd(_arcs, column, value);
}
