namespace Connections.Terminal;

/// <summary>Tells the echo of a line from the output after it.</summary>
internal static class EchoStripping
{
    /// <summary>How many characters at the start of an output, whose lines end in <c>\n</c>, are the echo of a line, its end included.</summary>
    public static int LengthOf(ReadOnlySpan<char> output, ReadOnlySpan<char> line, TerminalEcho echo) => echo switch
    {
        TerminalEcho.Off => 0,
        TerminalEcho.On => Redrawn(output, line),
        _ => output.StartsWith(line) && output[line.Length..].StartsWith("\n") ? line.Length + 1 : 0,
    };

    // At the edge of its screen a device prints a blank and a carriage return, or goes back by backspaces.
    private static int Redrawn(ReadOnlySpan<char> output, ReadOnlySpan<char> line)
    {
        var at = 0;
        foreach (var wanted in line)
        {
            at += output[at..].StartsWith([wanted]) ? 0 : MarksAt(output[at..]);
            if (!output[at..].StartsWith([wanted]))
            {
                return 0;
            }

            at++;
        }

        at += MarksAt(output[at..]);
        return output[at..].StartsWith("\n") ? at + 1 : 0;
    }

    private static int MarksAt(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && (text[at] is '\r' or '\b' || text[at..].StartsWith(" \r")))
        {
            at++;
        }

        return at;
    }
}
