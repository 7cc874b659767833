using System.Buffers;

namespace Connections.Testbeds;

/// <summary>Splits a value into its markup and the text around it.</summary>
internal sealed class MarkupParser
{
    private const int MaxDepth = 16;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    private readonly string _text;
    private readonly TestbedNode _node;
    private int _next;

    private MarkupParser(string text, TestbedNode node)
    {
        _text = text;
        _node = node;
    }

    /// <summary>The pieces of a text; null when no markup is in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="node">Where it stands.</param>
    internal static IReadOnlyList<MarkupPiece>? Parse(string text, TestbedNode node)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        var pieces = new MarkupParser(text, node).ReadPieces(depth: 0);
        return pieces.Any(piece => piece.Name is not null) ? pieces : null;
    }

    /// <summary>Reads to the end of the text, or inside a markup to the brace that closes it.</summary>
    private List<MarkupPiece> ReadPieces(int depth)
    {
        var pieces = new List<MarkupPiece>();
        var plain = _next;
        var braces = 0;
        while (_next < _text.Length && !(depth > 0 && braces == 0 && _text[_next] == '}'))
        {
            if (NameLength() is { } length)
            {
                AddPlain(pieces, plain);
                pieces.Add(ReadMarkup(length, depth + 1));
                plain = _next;
                continue;
            }

            braces += _text[_next] switch { '{' => 1, '}' => -1, _ => 0 };
            _next++;
        }

        AddPlain(pieces, plain);
        return pieces;
    }

    private void AddPlain(List<MarkupPiece> pieces, int start)
    {
        if (_next > start)
        {
            pieces.Add(MarkupPiece.Plain(_text[start.._next]));
        }
    }

    /// <summary>The length of the name of the markup that starts here; null when none does.</summary>
    private int? NameLength()
    {
        if (_text[_next] != '%')
        {
            return null;
        }

        var rest = _text.AsSpan(_next + 1);
        var length = rest.IndexOfAnyExcept(NameCharacters);
        return length >= 0 && rest[length] == '{' ? length : null;
    }

    private MarkupPiece ReadMarkup(int nameLength, int depth)
    {
        var start = _next;
        var name = _text.Substring(start + 1, nameLength);
        if (depth > MaxDepth)
        {
            throw TestbedException.At(_node, $"markup stands within markup more than {MaxDepth} levels deep");
        }

        _next += nameLength + 2;
        var body = ReadPieces(depth);
        if (_next == _text.Length)
        {
            throw TestbedException.At(_node, $"the markup %{name}{{ has no closing brace");
        }

        _next++;
        return new MarkupPiece(name, _text[start.._next], body);
    }
}
