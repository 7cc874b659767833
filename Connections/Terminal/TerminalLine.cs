namespace Connections.Terminal;

/// <summary>The last line that a device has printed, as far as it has arrived.</summary>
/// <param name="Text">What a reader of the screen sees in it.</param>
/// <param name="Start">Where it starts in all that was printed.</param>
internal readonly record struct TerminalLine(string Text, int Start);
