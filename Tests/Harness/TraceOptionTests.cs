using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public class TraceOptionTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";

    private string _path = null!;

    [SetUp]
    public void ChoosePath() => _path = Path.Combine(Path.GetTempPath(), $"trace-{Guid.NewGuid():N}.txt");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public async Task A_trace_of_an_agent_has_all_packets_and_no_community()
    {
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1), ReadCommunity = new("sesame-street") });

        var outcome = await ConnectionsProcess.RunAsync("get", device.EndPoint.ToString(), "-c", "sesame-street", "--trace", _path, SysName);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        var lines = await File.ReadAllLinesAsync(_path);
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[^1], Does.Contain($"received from {device.EndPoint}").And.EndsWith($"{SysName} = r1"));
        Assert.That(lines, Has.None.Contains("sesame"));
    }

    [TestCase("walk")]
    [TestCase("exec")]
    public async Task A_trace_of_a_testbed_has_all_its_devices(string command)
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);
        string[] words = command == "exec" ? ["get", SysName] : [SysName];

        var outcome = await ConnectionsProcess.RunAsync([command, "-t", testbed.Path, "--trace", _path, .. words]);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        var lines = await File.ReadAllLinesAsync(_path);
        Assert.That(lines.Where(line => line.EndsWith($"{SysName} = edge1", StringComparison.Ordinal)), Has.Exactly(1).Items);
        Assert.That(lines.Where(line => line.EndsWith($"{SysName} = edge2", StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_trace_that_cannot_be_written_is_an_error() =>
        (await ConnectionsProcess.RunAsync("get", "127.0.0.1:9", "--trace", "/nowhere/trace.txt", SysName)).AssertFailed(1, "/nowhere/trace.txt");
}
