namespace Connections.Terminal;

/// <summary>Whether a device repeats the lines that it is sent.</summary>
public enum TerminalEcho
{
    /// <summary>Not known: a first line of output that equals the line sent is its echo.</summary>
    Unknown,

    /// <summary>It does; long lines it may wrap or redraw.</summary>
    On,

    /// <summary>It does not: all that it prints is output, also what equals the line sent.</summary>
    Off,
}
