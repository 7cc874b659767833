using System.Diagnostics;
using System.Globalization;

namespace Connections.Harness.Labs;

/// <summary>
/// Files that are being written beside their places, <c>FILE.PROCESS.partial</c>. Of a process that was killed one stays behind; the next one that writes the same file
/// removes it.
/// </summary>
internal static class PartialFile
{
    private const string Ending = ".partial";

    /// <summary>The partial file of this process for a place.</summary>
    internal static string Of(string path) => $"{path}.{Environment.ProcessId}{Ending}";

    /// <summary>Removes the partial files for a place whose processes do not run any more.</summary>
    internal static void RemoveAbandoned(string path)
    {
        var name = Path.GetFileName(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, $"*{Ending}"))
        {
            if (ProcessOf(Path.GetFileName(file), name) is { } process && !IsRunning(process))
            {
                File.Delete(file);
            }
        }
    }

    private static int? ProcessOf(string partial, string name)
    {
        var start = name.Length + 1;
        return partial.StartsWith($"{name}.", StringComparison.Ordinal) && partial.Length > start + Ending.Length
            && int.TryParse(partial.AsSpan(start..^Ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? process
            : null;
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            // That there is no such process is the answer.
            return false;
        }
    }
}
