using Connections.Pooling;

namespace Connections.Snmp.Agent;

/// <summary>A recording cannot be read. The message names the file, the line, and what is wrong with it.</summary>
/// <param name="file">The recording's file name.</param>
/// <param name="line">The line, counted from 1.</param>
/// <param name="problem">What is wrong, as a sentence.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class RecordingException(string file, int line, string problem, Exception? inner = null)
    : ConnectionException($"{file}:{line}: {problem}", inner)
{
    /// <summary>The recording's file name.</summary>
    public string File { get; } = file;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
