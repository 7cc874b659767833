using System.Text.RegularExpressions;
using Connections.Harness.Tests.Sharing;
using Connections.Native.Sync;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of processes that take turns, and of watching them, is so, but for numbers and times.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class ReadmeTurnsTests : IAsyncDisposable
{
    private const string Prompt = "$ connections ";

    private readonly string _name = $"edge{Random.Shared.Next(10_000, 100_000)}";
    private readonly ContestedDevice _device;
    private readonly TestbedFile _lab;
    private readonly List<ConnectionsProcess> _processes = [];

    public ReadmeTurnsTests()
    {
        _device = new ContestedDevice(_name) { IsDeaf = true };
        _lab = new TestbedFile("testbed: { name: lab }\n" + ReadmeText.Blocks("yaml").Single(static block => block.Contains("shared: host", StringComparison.Ordinal))
            .Replace("edge1", _name, StringComparison.Ordinal)
            .Replace("protocol: snmp, ip: 192.0.2.1,", $"{_device.Address}, verify: false,", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.KillAsync();
            process.Dispose();
        }

        MachineLocks.Forget($"{_name}/snmp");
        _lab.Dispose();
        await _device.DisposeAsync();
    }

    [TestCase("locks")]
    [TestCase("watch")]
    public async Task The_commands_print_what_is_shown(string command)
    {
        var shown = ReadmeText.Blocks("console").Single(block => block.StartsWith(Prompt + command, StringComparison.Ordinal));
        Start();
        await _device.AskedAsync();
        Start();
        await WaitersAsync();

        foreach (var part in shown.Split(Prompt, StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var outcome = await ConnectionsProcess.RunAsync(
                lines[0].Replace("lab.yaml", _lab.Path, StringComparison.Ordinal).Replace("edge1", _name, StringComparison.Ordinal).Split(' '));

            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
            Assert.That(lines.Skip(1).Select(Form).Except(outcome.Lines.Where(IsOwn).Select(Form)), Is.Empty, outcome.Output);
        }
    }

    private void Start() => _processes.Add(ConnectionsProcess.Start("exec", "-t", _lab.Path, "get", "1.3.6.1.2.1.1.5.0"));

    private async Task WaitersAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!HybridLock.Holders().Any(held => held.Name == $"{_name}/snmp" && held.Waiters.Count == 1))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    // Others use this machine too; headings are everybody's.
    private bool IsOwn(string line) =>
        !Process().IsMatch(line) || line.Contains(_name, StringComparison.Ordinal) || _processes.Exists(own => line.StartsWith($"{own.Id} (", StringComparison.Ordinal));

    private string Form(string line)
    {
        var plain = line.Replace(_name, "edge#", StringComparison.Ordinal).Replace("Connections.Harness", "connections", StringComparison.Ordinal);
        return Spaces().Replace(Numbers().Replace(plain, "#"), " ").Trim();
    }

    [GeneratedRegex(@"\d[\d.,:-]*")]
    private static partial Regex Numbers();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\d+ \(")]
    private static partial Regex Process();
}
