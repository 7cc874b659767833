using System.Runtime.InteropServices;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of sharing pools between processes is so.</summary>
[Platform("Linux")]
public sealed class ReadmeSharingTests
{
    private const string Prompt = "$ connections ";

    [Test]
    public async Task The_processes_print_what_is_shown()
    {
        // A name of its own, since one process alone serves a pool, and other runs of the tests may be at it.
        var name = $"edge1-{Guid.NewGuid():n}";
        using var lab = new TestbedFile(ReadmeText.Blocks("yaml").Single(static block => block.Contains("shared: true", StringComparison.Ordinal))
            .Replace("edge1", name, StringComparison.Ordinal));
        var shown = ReadmeText.Blocks("console").Single(static block => block.StartsWith(Prompt + "serve", StringComparison.Ordinal))
            .Replace("edge1", name, StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var host = ConnectionsProcess.Start(WordsOf(shown[0].TrimEnd('&', ' '), lab));

        Assert.That(await host.ReadLineAsync(), Is.EqualTo(shown[1]));
        var outcome = await ConnectionsProcess.RunAsync(WordsOf(shown[2], lab));
        host.Signal(PosixSignal.SIGTERM);

        Assert.That((outcome.Error, outcome.Output), Is.EqualTo(("", shown[3] + "\n")));
        Assert.That((await host.EndAsync()).ExitCode, Is.Zero);
    }

    private static string[] WordsOf(string line, TestbedFile lab) => line[Prompt.Length..].Replace("lab.yaml", lab.Path, StringComparison.Ordinal).Split(' ');
}
