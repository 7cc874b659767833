using YamlDotNet.Core;

namespace Connections.Testbeds;

/// <summary>Says where and why a text is no YAML, better than the parser does where it can.</summary>
internal static class YamlSyntax
{
    internal static (int Line, string Message) Explain(YamlException error, string text)
    {
        // The parser blames the mapping that a tab stands in, which may start far above it.
        if (error.Message.Contains("tab", StringComparison.Ordinal) && LineIndentedWithTab(text, (int)error.Start.Line) is { } line)
        {
            return (line, "this is no valid YAML: the line is indented with a tab; YAML is indented with spaces");
        }

        return ((int)error.Start.Line, $"this is no valid YAML: {error.Message}{Hint(error, LineOf(error, text))}");
    }

    private static string Hint(YamlException error, string line)
    {
        if (line.ElementAtOrDefault((int)error.Start.Column - 1) is '%' or '@' or '`')
        {
            return $" A value that starts with '{line[(int)error.Start.Column - 1]}' must stand in quotes.";
        }

        // The parser takes an anchor on a single value between braces only where that value is the last one.
        return line.Contains('{', StringComparison.Ordinal) && line.Contains('&', StringComparison.Ordinal)
            ? " A single value with an anchor (&name) stands on a line of its own, not between braces."
            : "";
    }

    private static string LineOf(YamlException error, string text) =>
        text.ReplaceLineEndings("\n").Split('\n').ElementAtOrDefault((int)error.Start.Line - 1) ?? "";

    private static int? LineIndentedWithTab(string text, int from)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..^line.TrimStart().Length];
            if (number >= from && indentation.Contains('\t'))
            {
                return number;
            }
        }

        return null;
    }
}
