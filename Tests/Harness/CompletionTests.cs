using System.Diagnostics;
using System.Runtime.Versioning;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>Command lines completed by the shells themselves, with the scripts that the command prints.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CompletionTests : IDisposable
{
    // Calls the function that the script has registered as the shell would.
    private const string AsBashDoes = """
        source <(connections completion bash)
        COMP_LINE=$1 COMP_POINT=${#1} _connections
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private const string AsZshDoes = """
        eval "$(connections completion zsh | grep -v compinit | grep -v '^complete ')"
        COMP_LINE=$1 COMP_POINT=${#1} _connections
        print -l -- $COMPREPLY
        """;

    private const string AsFishDoes = """
        connections completion fish | source
        complete -C $argv[1] | cut -f 1
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connections-completion");

    public CompletionTests()
    {
        var command = Path.Combine(_folder.FullName, "connections");
        File.WriteAllText(command, $"#!/bin/sh\nexec {string.Join(' ', ConnectionsProcess.Command)} \"$@\"\n");
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Each_shell_completes_commands_and_options([Values("bash", "zsh", "fish")] string shell)
    {
        Assert.That(await CompleteAsync(shell, "connections wa"), Has.Member("walk").And.No.Member("get"));
        Assert.That(await CompleteAsync(shell, "connections walk --js"), Is.EqualTo(new[] { "--json" }));
        Assert.That(await CompleteAsync(shell, "connections completion f"), Is.EqualTo(new[] { "fish" }));
    }

    [Test]
    public async Task What_only_scripts_call_is_not_offered()
    {
        var offered = await CompleteAsync("bash", "connections ");

        Assert.That(offered, Is.SupersetOf(new[] { "exec", "walk", "serve", "locks", "--help" }));
        Assert.That(offered, Has.No.Member("serve-process").And.No.Member("complete"));
    }

    [Test]
    public async Task Another_shell_is_refused_with_those_that_there_are() =>
        (await ConnectionsProcess.RunAsync("completion", "tcsh")).AssertFailed(2, "tcsh", "'bash'", "'fish'", "'zsh'");

    private async Task<string[]> CompleteAsync(string shell, string line)
    {
        var script = shell switch { "bash" => AsBashDoes, "zsh" => AsZshDoes, _ => AsFishDoes };
        string[] words = shell == "fish" ? ["--no-config", "-c", script, line] : ["-c", script, shell, line];

        // Where there are no files, whose names the shells would offer too.
        var start = new ProcessStartInfo(shell, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.CreateSubdirectory("empty").FullName,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().BoundedAsync();
        await process.WaitForExitAsync().BoundedAsync();
        Assert.That(await error, Is.Empty);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
