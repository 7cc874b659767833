using System.Text;

namespace Connections.Terminal;

/// <summary>
/// What a device has printed since its output was last taken, and how its last line stands. However much it is, a piece costs no more than
/// its own length. Not thread-safe.
/// </summary>
internal sealed class TerminalText
{
    // Prompts are looked for again with each piece that arrives, which a device that never ends its line must not make dear.
    private const int LongestLine = 256;

    private readonly StringBuilder _text = new();
    private readonly List<int> _cuts = [];
    private int _lineStart;

    /// <summary>The number of characters.</summary>
    public int Length => _text.Length;

    /// <summary>
    /// The end of the last line, 256 characters of it at most: what stands after a carriage return, and after the marks with which a device
    /// wipes away a pager.
    /// </summary>
    public TerminalLine LastLine
    {
        get
        {
            var isCut = _cuts.Count > 0 && _cuts[^1] >= _lineStart;
            var lineStart = isCut ? _cuts[^1] : _lineStart;
            var start = Math.Max(lineStart, _text.Length - LongestLine);
            var line = _text.ToString(start, _text.Length - start);
            var shown = isCut && start == lineStart ? PagerErasure.LengthOf(line) : 0;
            shown = Math.Max(shown, line.AsSpan().TrimEnd('\r').LastIndexOf('\r') + 1);
            return new TerminalLine(line[shown..], start + shown);
        }
    }

    /// <summary>Adds what has arrived.</summary>
    public void Append(string piece)
    {
        if (piece.LastIndexOf('\n') is var end and >= 0)
        {
            _lineStart = _text.Length + end + 1;
        }

        _text.Append(piece);
    }

    /// <summary>Takes the last line away, which is a pager's and no output; so is what the device wipes it away with.</summary>
    public void CutPager()
    {
        _text.Length = LastLine.Start;
        _cuts.Add(_text.Length);
    }

    /// <summary>The last of what has arrived.</summary>
    public string Tail(int longest)
    {
        var start = Math.Max(0, _text.Length - longest);
        return _text.ToString(start, _text.Length - start);
    }

    /// <summary>Gives what stands before a place, without pagers, and forgets all.</summary>
    public string TakeUpTo(int end)
    {
        var output = _cuts.Count == 0 ? _text.ToString(0, end) : WithoutPagers(_text.ToString(0, end));
        _text.Clear();
        _cuts.Clear();
        _lineStart = 0;
        return output;
    }

    private string WithoutPagers(string text)
    {
        var output = new StringBuilder(text.Length);
        var start = 0;
        foreach (var cut in _cuts)
        {
            var end = Math.Min(cut, text.Length);
            output.Append(text, start, Math.Max(0, end - start));
            start = end + PagerErasure.LengthOf(text.AsSpan(end));
        }

        return output.Append(text, start, text.Length - start).ToString();
    }
}
