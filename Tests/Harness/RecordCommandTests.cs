using System.Runtime.InteropServices;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Tests;

public class RecordCommandTests
{
    private const string System = "1.3.6.1.2.1.1";

    private SnmpAgent _agent = null!;

    [SetUp]
    public void StartAgent() => _agent = new SnmpAgent();

    [TearDown]
    public async Task StopAgent() => await _agent.DisposeAsync();

    [Test]
    public async Task A_recording_holds_everything_that_the_device_has()
    {
        var device = Add(new SyntheticTable { Rows = 300, Columns = 8 }.ToData());
        using var recording = new RecordingOf("lab.snmprec");

        var outcome = await ConnectionsProcess.RunAsync("record", device.EndPoint.ToString(), "-o", recording.Path);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Is.EqualTo($"{recording.Path}: 2400 variables of {device.EndPoint}\n"));
        var recorded = Snmprec.Load(recording.Path).Select(variable => new VarBind(variable.Oid, variable.Value));
        Assert.That(VarBindChecksum.Of(recorded), Is.EqualTo(device.ChecksumUnder(default)));
        Assert.That(recording.Files, Is.EqualTo(new[] { "lab.snmprec" }));
    }

    [Test]
    public async Task Roots_choose_what_is_recorded_and_without_a_file_it_goes_to_standard_output()
    {
        var device = Add(SyntheticDevice.Create("lab", seed: 1));

        var outcome = await ConnectionsProcess.RunAsync(
            "record", device.EndPoint.ToString(), "--root", System + ".5", "--root", System + ".7");

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Is.EqualTo($"{System}.5.0|4|lab\n{System}.7.0|2|6\n"));
    }

    [Test]
    public async Task An_interrupted_recording_leaves_what_was_there_before()
    {
        var device = Add(SyntheticDevice.Create("slow", seed: 1, interfaces: 10_000), TimeSpan.FromMilliseconds(100));
        using var recording = new RecordingOf("lab.snmprec", "before");
        using var record = ConnectionsProcess.Start("record", device.EndPoint.ToString(), "-o", recording.Path);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!recording.Files.Any(file => file.EndsWith(".partial", StringComparison.Ordinal)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        record.Signal(PosixSignal.SIGINT);
        var outcome = await record.EndAsync();

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((130, "connections: interrupted\n")));
        Assert.That(recording.Files, Is.EqualTo(new[] { "lab.snmprec" }));
        Assert.That(await File.ReadAllTextAsync(recording.Path), Is.EqualTo("before"));
    }

    [Test]
    public async Task A_device_that_does_not_answer_leaves_no_file()
    {
        using var recording = new RecordingOf("lab.snmprec");

        var outcome = await ConnectionsProcess.RunAsync("record", "127.0.0.1:9", "--timeout", "0.1", "--retries", "0", "-o", recording.Path);

        outcome.AssertFailed(1, "127.0.0.1:9");
        Assert.That(recording.Files, Is.Empty);
    }

    [Test]
    public async Task A_device_that_fails_half_way_leaves_no_file()
    {
        var device = Add(new SyntheticTable { Rows = 300, Columns = 8 }.ToData());
        device.Faults = new DeviceFaults { Loop = new MibLoop(device.Data[1_000].Oid, device.Data[0].Oid) };
        using var recording = new RecordingOf("lab.snmprec");

        (await ConnectionsProcess.RunAsync("record", device.EndPoint.ToString(), "-o", recording.Path)).AssertFailed(1, device.EndPoint.ToString());
        Assert.That(recording.Files, Is.Empty);
    }

    [Test]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        var device = Add(SyntheticDevice.Create("lab", seed: 1));

        (await ConnectionsProcess.RunAsync("record", device.EndPoint.ToString(), "-o", "/nowhere/lab.snmprec")).AssertFailed(2, "/nowhere/lab.snmprec", "cannot be written");
    }

    [TestCase("sysName", "'sysName' is no OID")]
    [TestCase(System + ".1", $"--root {System}.1 is within --root {System}")]
    public async Task Roots_that_make_no_sense_are_refused(string root, string problem) =>
        (await ConnectionsProcess.RunAsync("record", "127.0.0.1", "--root", System, "--root", root)).AssertFailed(2, problem);

    private SimulatedDevice Add(MibData data, TimeSpan latency = default) =>
        _agent.Add(new SimulatedDeviceOptions { Name = "lab", Data = data, Latency = latency });
}
