namespace Connections.Terminal;

/// <summary>Finds programs as a shell does.</summary>
internal static class LocalPrograms
{
    /// <summary>Whether a name, or a path, leads to a program.</summary>
    public static bool Exists(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
