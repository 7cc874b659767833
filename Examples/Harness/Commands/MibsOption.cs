using System.CommandLine;
using Connections.Snmp.Mibs;

namespace Connections.Harness.Commands;

/// <summary>The option that every command has: modules whose names are understood beside those that are built in.</summary>
internal static class MibsOption
{
    private const string Variable = "CONNECTIONS_MIBS";

    internal static Option<string[]> Create() => new("--mibs")
    {
        Description = $"MIB modules to load: a file, a folder, or a list of these separated by colons; may be given several times. What {Variable} lists is loaded too.",
        HelpName = "PATH",
        Recursive = true,
    };

    /// <summary>Loads what the option and the environment name, so that names are understood from here on.</summary>
    /// <exception cref="UsageException">A path is not there, or has no module.</exception>
    internal static async Task LoadAsync(ParseResult parsed, Option<string[]> option, CancellationToken cancellationToken)
    {
        string[] paths = [.. parsed.GetValue(option) ?? [], .. Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } listed ? [listed] : Array.Empty<string>()];
        if (paths.Length == 0)
        {
            return;
        }

        var tree = await MibLoader.Shared.LoadAsync(paths, cancellationToken: cancellationToken);
        if (tree.Diagnostics.FirstOrDefault(static diagnostic => diagnostic is { Severity: MibSeverity.Error, Line: 0 }) is { } problem)
        {
            throw new UsageException($"--mibs or {Variable}: {problem.File}: {problem.Message}");
        }
    }
}
