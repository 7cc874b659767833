using System.Runtime.CompilerServices;

namespace Connections.Harness.Tests.Readme;

/// <summary>The README, and the code that must be in it to the letter.</summary>
internal static class ReadmeText
{
    private const string Fence = "```";

    /// <summary>The fenced blocks of one language, in order.</summary>
    internal static IReadOnlyList<string> Blocks(string language)
    {
        var pieces = File.ReadAllText(PathOf("../../../README.md")).ReplaceLineEndings("\n").Split($"\n{Fence}");
        return [.. pieces.Where(piece => piece.StartsWith($"{language}\n", StringComparison.Ordinal)).Select(piece => piece[(language.Length + 1)..])];
    }

    /// <summary>The text of a source file beside this one, its lines without their indentation.</summary>
    internal static string Source(string fileName) => WithoutIndentation(File.ReadAllText(PathOf(fileName)));

    internal static string WithoutIndentation(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Trim()));

    private static string PathOf(string relative, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, relative);
}
