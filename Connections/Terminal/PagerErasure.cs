namespace Connections.Terminal;

/// <summary>The marks with which devices wipe a pager's line away before they print on.</summary>
internal static class PagerErasure
{
    private const char Escape = '\x1b';

    /// <summary>
    /// How many characters at the start of a text are such marks: backspaces, blanks and backspaces; or a carriage return, with blanks up to
    /// another; or the sequence that erases a line. The blanks with which a line of output begins are none.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<char> text)
    {
        if (Run(text, '\b') is > 0 and var back)
        {
            var blanks = Run(text[back..], ' ');
            var again = Run(text[(back + blanks)..], '\b');
            return again > 0 ? back + blanks + again : back;
        }

        var start = Run(text, '\r');
        if (SequenceLength(text[start..]) is > 0 and var sequence)
        {
            return start + sequence + Run(text[(start + sequence)..], '\r');
        }

        var wiped = Run(text[start..], ' ');
        var returned = start > 0 && wiped > 0 ? Run(text[(start + wiped)..], '\r') : 0;
        var length = returned > 0 ? start + wiped + returned : start;
        return length < text.Length && text[length] == '\n' ? 0 : length;
    }

    // ESC [ digits K erases in the line.
    private static int SequenceLength(ReadOnlySpan<char> text)
    {
        if (text is not [Escape, '[', .. var rest])
        {
            return 0;
        }

        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits >= 0 && rest[digits] == 'K' ? digits + 3 : 0;
    }

    private static int Run(ReadOnlySpan<char> text, char value) =>
        text.IndexOfAnyExcept(value) is >= 0 and var length ? length : text.Length;
}
