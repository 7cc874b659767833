namespace Connections.Snmp.Tests.Agent;

/// <summary>How a tool ended, and what it said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The lines of its output, those of one value joined.</param>
/// <param name="Errors">What it wrote to its error stream.</param>
internal readonly record struct ToolRun(int ExitCode, IReadOnlyList<string> Lines, string Errors);
