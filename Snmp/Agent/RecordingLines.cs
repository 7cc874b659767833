namespace Connections.Snmp.Agent;

/// <summary>The lines of a recording, counted. Only LF and CR LF end one: octets above 127 may look like other ends.</summary>
internal sealed class RecordingLines(string text)
{
    private int _position;

    /// <summary>The number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    public bool TryRead(out string line)
    {
        if (!TryPeek(out line))
        {
            return false;
        }

        var end = text.IndexOf('\n', _position);
        _position = end < 0 ? text.Length : end + 1;
        Number++;
        return true;
    }

    public bool TryPeek(out string line)
    {
        if (_position >= text.Length)
        {
            line = "";
            return false;
        }

        var end = text.IndexOf('\n', _position);
        line = text[_position..(end < 0 ? text.Length : end)];
        line = line.EndsWith('\r') ? line[..^1] : line;
        return true;
    }
}
