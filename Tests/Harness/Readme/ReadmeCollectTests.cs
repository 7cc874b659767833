using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of collecting is what the commands print, for a hundredth of its devices, and but for numbers.</summary>
public sealed partial class ReadmeCollectTests
{
    private const string Prompt = "$ connections ";

    [Test]
    [Platform(Exclude = "Win")]
    public async Task The_commands_print_what_is_shown()
    {
        using var blocks = new RecordingOf("table.blocks");
        var shown = ReadmeText.Blocks("console").Single(static block => block.StartsWith(Prompt + "collect", StringComparison.Ordinal));
        var printed = new List<string>();

        foreach (var command in shown.Split('\n').Where(static line => line.StartsWith(Prompt, StringComparison.Ordinal)))
        {
            printed.Add(command);
            printed.AddRange(await RunAsync(command[Prompt.Length..].Replace(" 4000 ", " 40 ", StringComparison.Ordinal).Replace("table.blocks", blocks.Path, StringComparison.Ordinal)));
        }

        Assert.That(printed.Select(WithoutNumbers), Is.EqualTo(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WithoutNumbers)));
    }

    // By a shell, which makes the pipes.
    private static async Task<string[]> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-ec", $"{string.Join(' ', ConnectionsProcess.Command)} {command}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync().BoundedAsync();
        await shell.WaitForExitAsync().BoundedAsync();
        Assert.That((shell.ExitCode, await error.BoundedAsync()), Is.EqualTo((0, "")), command);
        return output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static string WithoutNumbers(string line) => line.StartsWith('$') ? line : Numbers().Replace(line, "#");

    [GeneratedRegex(@"-?\d[\d.:TZ-]*")]
    private static partial Regex Numbers();
}
