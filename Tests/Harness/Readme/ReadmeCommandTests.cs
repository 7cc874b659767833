using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Connections.Snmp.Agent;

namespace Connections.Harness.Tests.Readme;

/// <summary>The commands of the README do what it says, and print what it shows.</summary>
public sealed partial class ReadmeCommandTests
{
    private const string Run = "dotnet run --project Examples/Harness -- ";

    [Test]
    public async Task Every_command_succeeds()
    {
        var commands = ReadmeText.Blocks("sh").SelectMany(static block => block.Split('\n'))
            .Where(static line => line.StartsWith(Run, StringComparison.Ordinal)).Select(static line => line[Run.Length..].Trim()).ToList();
        Assert.That(commands, Has.Count.GreaterThanOrEqualTo(5));
        await using var agent = new SnmpAgent();
        using var lab = new TestbedFile(ReadmeLab.OnAgents(agent));
        using var recording = new RecordingOf("edge1.snmprec");
        var environment = new Dictionary<string, string?> { ["LAB_COMMUNITY"] = "public" };

        foreach (var command in commands)
        {
            var onLab = command
                .Replace("lab.yaml", lab.Path, StringComparison.Ordinal)
                .Replace("edge1.snmprec", recording.Path, StringComparison.Ordinal)
                .Replace(ReadmeLab.Address(1), agent.Devices[0].EndPoint.ToString(), StringComparison.Ordinal);
            if (onLab.StartsWith("agent ", StringComparison.Ordinal))
            {
                await AssertRunsUntilInterruptedAsync(onLab);
                continue;
            }

            var outcome = await ConnectionsProcess.RunWithAsync(environment, onLab.Split(' '));

            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")), command);
            Assert.That(outcome.Output, Is.Not.Empty, command);
        }
    }

    [Test]
    public async Task The_demo_prints_what_is_shown_but_for_its_times()
    {
        var outcome = await ConnectionsProcess.RunAsync("demo");

        var printed = outcome.Lines.Select(WithoutTimes).ToHashSet(StringComparer.Ordinal);
        var shown = ReadmeText.Blocks("text")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.Trim() != "…");
        Assert.That(shown.Select(WithoutTimes).Where(line => !printed.Contains(line)), Is.Empty);
    }

    private static async Task AssertRunsUntilInterruptedAsync(string command)
    {
        using var process = ConnectionsProcess.Start(command.Split(' '));
        Assert.That(await process.ReadLineAsync(), Does.Contain(" 127."), command);
        process.Signal(PosixSignal.SIGINT);
        Assert.That((await process.EndAsync()).ExitCode, Is.EqualTo(130), command);
    }

    // How long things took differs from run to run, and so do the up time and the counters of the simulated devices.
    private static string WithoutTimes(string line) => Spaces().Replace(Numbers().Replace(line, "#"), " ").Trim();

    [GeneratedRegex(@"\d[\d.,:…]*( days)?( ms| s)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
