using Connections.Snmp.Agent;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of names is what the commands print.</summary>
public sealed class ReadmeNamesTests
{
    private const string Prompt = "$ connections ";

    [Test]
    public async Task The_commands_print_what_is_shown()
    {
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "edge1", Data = SyntheticDevice.Create("edge1", seed: 1) });
        var shown = ReadmeText.Blocks("console").Single(static block => block.StartsWith(Prompt + "table", StringComparison.Ordinal));
        var printed = new List<string>();

        foreach (var command in shown.Split('\n').Where(static line => line.StartsWith(Prompt, StringComparison.Ordinal)))
        {
            var outcome = await ConnectionsProcess.RunAsync(command[Prompt.Length..].Replace(ReadmeLab.Address(1), device.EndPoint.ToString(), StringComparison.Ordinal).Split(' '));
            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")), command);
            printed.AddRange(outcome.Lines.Select(static line => line.TrimEnd()).Prepend(command));
        }

        Assert.That(printed, Is.EqualTo(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
