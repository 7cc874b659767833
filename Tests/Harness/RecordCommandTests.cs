using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

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
        await UntilPartialAsync(recording);

        record.Signal(PosixSignal.SIGINT);
        var outcome = await record.EndAsync();

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((130, "connections: interrupted\n")));
        Assert.That(recording.Files, Is.EqualTo(new[] { "lab.snmprec" }));
        Assert.That(await File.ReadAllTextAsync(recording.Path), Is.EqualTo("before"));
    }

    [Test]
    public async Task What_a_killed_recording_left_is_gone_after_the_next_one()
    {
        var device = Add(SyntheticDevice.Create("slow", seed: 1, interfaces: 10_000), TimeSpan.FromMilliseconds(100));
        using var recording = new RecordingOf("lab.snmprec");
        using var killed = ConnectionsProcess.Start("record", device.EndPoint.ToString(), "-o", recording.Path);
        await UntilPartialAsync(recording);
        await killed.KillAsync();
        var others = new[] { $"other.snmprec.{int.MaxValue}.partial", "lab.snmprec.notes.partial", $"lab.snmprec.{Environment.ProcessId}.partial" };
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(recording.Path)!, other), "not abandoned");
        }

        var outcome = await ConnectionsProcess.RunAsync("record", device.EndPoint.ToString(), "--root", System, "-o", recording.Path);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(recording.Files, Is.EquivalentTo(others.Append("lab.snmprec")), "of other files, of no process, and of a process that runs");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_root_without_variables_is_a_failure_and_leaves_what_was_there_before(bool hasFile)
    {
        var device = Add(SyntheticDevice.Create("lab", seed: 1));
        using var recording = new RecordingOf("lab.snmprec", "before");
        string[] output = hasFile ? ["-o", recording.Path] : [];

        var outcome = await ConnectionsProcess.RunAsync(["record", device.EndPoint.ToString(), "--root", "1.3.6.1.99", .. output]);

        outcome.AssertFailed(1, device.EndPoint.ToString(), "has nothing under 1.3.6.1.99");
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(await File.ReadAllTextAsync(recording.Path), Is.EqualTo("before"));
        Assert.That(recording.Files, Is.EqualTo(new[] { "lab.snmprec" }));
    }

    [Test]
    public async Task A_user_of_SNMPv3_records_a_context()
    {
        var device = _agent.Add(new SimulatedDeviceOptions
        {
            Name = "lab",
            Data = new MibData([]),
            SpeaksV2c = false,
            Contexts = new Dictionary<string, MibData> { ["blue"] = new SyntheticTable { Rows = 40, Columns = 4 }.ToData() },
            Users =
            [
                new SnmpUser("admin")
                {
                    Authentication = AuthenticationProtocol.Sha256, AuthenticationKey = UsmKey.Password("maplesyrup"),
                    Privacy = PrivacyProtocol.Aes256C, PrivacyKey = UsmKey.Password("pancakes-with-syrup"),
                },
            ],
        });
        using var recording = new RecordingOf("lab.snmprec");
        using var passwords = new RecordingOf("passwords", "maplesyrup\npancakes-with-syrup\n");
        string[] user = ["--user", "admin", "--auth", "SHA-256", "--priv", "AES-256-C", "--context", "blue", "--password-file", passwords.Path];

        var outcome = await ConnectionsProcess.RunAsync(["record", device.EndPoint.ToString(), "-o", recording.Path, .. user]);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        var recorded = Snmprec.Load(recording.Path).Select(variable => new VarBind(variable.Oid, variable.Value));
        Assert.That(VarBindChecksum.Of(recorded), Is.EqualTo(device.ChecksumUnder(default, "blue")));
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

    [TestCase("sysNaem", "'sysNaem' is no OID")]
    [TestCase(System + ".1", $"--root {System}.1 is within --root {System}")]
    public async Task Roots_that_make_no_sense_are_refused(string root, string problem) =>
        (await ConnectionsProcess.RunAsync("record", "127.0.0.1", "--root", System, "--root", root)).AssertFailed(2, problem);

    [Test]
    public async Task A_command_line_is_recorded_and_played()
    {
        using var recording = new RecordingOf("console1.yaml");
        using var real = new TestbedFile(Lines("simulated: true"));
        string[] commands = ["show clock", "show interface Ethernet1", "show clock"];

        var outcome = await ConnectionsProcess.RunAsync(["record", "-t", real.Path, "-o", recording.Path, .. commands]);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Is.EqualTo($"{recording.Path}: 3 commands of console1\n"));
        Assert.That(recording.Files, Is.EqualTo(new[] { "console1.yaml" }));
        using var played = new TestbedFile(Lines($"simulated: {{ terminal: {recording.Path} }}"));
        Assert.That(await PrintedAsync(played), Is.EqualTo(await PrintedAsync(real)));

        async Task<string[]> PrintedAsync(TestbedFile testbed) =>
            [.. (await ConnectionsProcess.RunOnAsync(string.Join('\n', commands), "shell", "-t", testbed.Path, "console1")).Lines];
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public async Task A_recording_is_its_owners_alone()
    {
        using var recording = new RecordingOf("console1.yaml");
        using var testbed = new TestbedFile(Lines("simulated: true"));

        Assert.That((await ConnectionsProcess.RunAsync("record", "-t", testbed.Path, "show", "clock", "-o", recording.Path)).ExitCode, Is.Zero);

        Assert.That(File.GetUnixFileMode(recording.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_device_of_a_testbed_is_recorded_by_SNMP()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);

        var outcome = await ConnectionsProcess.RunAsync("record", "-t", testbed.Path, "-d", "edge2", "--root", "sysName");

        Assert.That((outcome.ExitCode, outcome.Output, outcome.Error), Is.EqualTo((0, $"{System}.5.0|4|edge2\n", "")));
    }

    [Test]
    public async Task What_cannot_be_recorded_is_refused()
    {
        using var two = new TestbedFile(TestbedFile.TwoDevices);
        using var line = new TestbedFile(Lines("simulated: true"));
        (await ConnectionsProcess.RunAsync("record")).AssertFailed(2, "Name the agent to record", "--testbed");
        (await ConnectionsProcess.RunAsync("record", "192.0.2.1", "show clock")).AssertFailed(2, "'show clock' is a command", "add --testbed");
        (await ConnectionsProcess.RunAsync("record", "-t", two.Path)).AssertFailed(2, "there are 2 devices", "edge1, edge2");
        (await ConnectionsProcess.RunAsync("record", "-t", two.Path, "-d", "edge1", "show clock")).AssertFailed(2, "'edge1' has no connection for commands", "it has snmp");
        (await ConnectionsProcess.RunAsync("record", "-t", two.Path, "-d", "edge1", "-a", "snmp", "show clock")).AssertFailed(2, "'snmp' of device 'edge1' is none for commands");
        (await ConnectionsProcess.RunAsync("record", "-t", line.Path)).AssertFailed(2, "'console1' has no connection for SNMP");
        (await ConnectionsProcess.RunAsync("record", "-t", line.Path, "--root", "system", "show clock")).AssertFailed(2, "--root is for SNMP");
        (await ConnectionsProcess.RunAsync("record", "-t", line.Path, "--community", "public")).AssertFailed(2, "--community is for HOST");
        (await ConnectionsProcess.RunAsync("record", "-t", line.Path, "show", "clock", "--ouput", "x")).AssertFailed(2, "'--ouput' is no option");
    }

    private static string Lines(string simulated) => $"devices: {{ console1: {{ {simulated}, connections: {{ cli: {{ protocol: telnet }} }} }} }}";

    private static async Task UntilPartialAsync(RecordingOf recording)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!recording.Files.Any(file => file.EndsWith(".partial", StringComparison.Ordinal)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SimulatedDevice Add(MibData data, TimeSpan latency = default) =>
        _agent.Add(new SimulatedDeviceOptions { Name = "lab", Data = data, Latency = latency });
}
