using System.Text.RegularExpressions;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of command lines is what the commands print, but for times.</summary>
public sealed partial class ReadmeTerminalTests
{
    private const string Prompt = "$ ";

    [Test]
    public async Task The_commands_print_what_is_shown()
    {
        using var lab = new TestbedFile(ReadmeText.Blocks("yaml").Single(static block => block.Contains("LAB_PASSWORD", StringComparison.Ordinal))
            .Replace("%ENV{LAB_PASSWORD}", "maple", StringComparison.Ordinal));
        using var recording = new RecordingOf("console1.yaml");
        var shown = ReadmeText.Blocks("console").Single(static block => block.StartsWith("$ connections exec", StringComparison.Ordinal));
        var printed = new List<string>();

        foreach (var command in shown.Split('\n').Where(static line => line.StartsWith(Prompt, StringComparison.Ordinal)))
        {
            var call = Call().Match(command);
            var words = call.Groups["arguments"].Value.Replace("lab.yaml", lab.Path, StringComparison.Ordinal).Replace("console1.yaml", recording.Path, StringComparison.Ordinal);
            var arguments = Words().Matches(words).Select(static word => word.Value.Trim('"'));
            var outcome = await ConnectionsProcess.RunOnAsync(call.Groups["input"].Value, [.. arguments]);
            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")), command);
            printed.AddRange(outcome.Lines.Select(line => line.Replace(recording.Path, "console1.yaml", StringComparison.Ordinal)).Prepend(command));
        }

        Assert.That(printed.Select(WithoutTimes), Is.EqualTo(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WithoutTimes)));
    }

    private static string WithoutTimes(string line) => Times().Replace(line, "#");

    [GeneratedRegex("""^\$ (echo "(?<input>[^"]*)" \| )?connections (?<arguments>.*)$""")]
    private static partial Regex Call();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@" +[\d.]+ ms|up \d.*")]
    private static partial Regex Times();
}
