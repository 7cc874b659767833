namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of Net-SNMP's library is so.</summary>
[Platform("Linux")]
public sealed class ReadmeNetSnmpTests
{
    private const string Prompt = "$ connections ";

    [Test]
    public async Task The_commands_print_what_is_shown()
    {
        using var lab = new TestbedFile(ReadmeText.Blocks("yaml").Single(static block => block.Contains("backend: netsnmp", StringComparison.Ordinal)));
        var shown = ReadmeText.Blocks("console").Single(static block => block.StartsWith(Prompt + "get", StringComparison.Ordinal));
        foreach (var command in shown.Split(Prompt, StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = command.Split('\n', StringSplitOptions.RemoveEmptyEntries);

            var outcome = await ConnectionsProcess.RunAsync(lines[0].Replace("lab.yaml", lab.Path, StringComparison.Ordinal).Split(' '));

            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
            Assert.That(outcome.Lines, Is.EqualTo(lines[1..]));
        }
    }
}
