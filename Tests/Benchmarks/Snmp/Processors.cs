using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>
/// Keeps clients on one processor and agents on the others, where there are several, from their first instruction on: a runtime that began with more than it may use would
/// spin where it should sleep, and threads that it has already would stay where they are.
/// </summary>
internal static class Processors
{
    internal static string ForClient => "0";

    internal static string ForAgent =>
        Environment.ProcessorCount > 1 ? string.Create(CultureInfo.InvariantCulture, $"1-{Environment.ProcessorCount - 1}") : "0";

    /// <summary>The command that runs a program on these processors; the program itself where the system has no such command.</summary>
    internal static (string Program, IEnumerable<string> Arguments) Confine(string processors, string program, IEnumerable<string> arguments) =>
        OperatingSystem.IsLinux() ? ("taskset", ["-c", processors, program, .. arguments]) : (program, arguments);
}
