using System.Diagnostics;
using Connections.Native.Rpc;
using Connections.NetSnmp.Processes;
using Connections.NetSnmp.Worker;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;
using Connections.Tests;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>A worker process under the eyes of strace, from its first instant to its last: which files it opens.</summary>
internal sealed class FileTests
{
    // Directories and files of Net-SNMP: configuration, state and MIBs, of the system and of the user.
    private static readonly string[] Forbidden = ["/snmp", "/.snmp", "snmp.conf", "mibs"];

    private readonly string _directory = Directory.CreateTempSubdirectory("connections-files").FullName;
    private SnmpAgent _agent = null!;

    private string Log => Path.Combine(_directory, "strace");

    [SetUp]
    public void Start() => _agent = new SnmpAgent();

    [TearDown]
    public async Task StopAsync()
    {
        await _agent.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // Its home is writable and holds a configuration, which Net-SNMP's own tools would read.
    [Test]
    public async Task The_library_reads_no_configuration_and_no_MIB_and_leaves_no_file_behind([Values(SnmpVersion.V2c, SnmpVersion.V3)] SnmpVersion version)
    {
        var home = Directory.CreateDirectory(Path.Combine(_directory, "home"));
        var configuration = Path.Combine(home.CreateSubdirectory(".snmp").FullName, "snmp.conf");
        await File.WriteAllTextAsync(configuration, "defVersion 1\nmibs ALL\n");
        var device = _agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1), Users = [TestConnection.UserFor("public")] });

        await WorkAsync(TestConnection.Settings(device.EndPoint, version), home.FullName);

        var touched = (await File.ReadAllLinesAsync(Log)).Where(static line => line.Contains('"')).ToList();
        Assert.That(touched, Has.Some.Contains("libnetsnmp.so"), "it was watched while it loaded the library");
        Assert.Multiple(() =>
        {
            Assert.That(touched.Where(static line => Forbidden.Any(line.Contains)), Is.Empty);
            Assert.That(touched.Where(static line => line.Contains("O_CREAT") && !line.Contains("/dev/shm/") && !line.Contains("/tmp/")), Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(home.FullName, "*", SearchOption.AllDirectories), Is.EquivalentTo(new[] { Path.GetDirectoryName(configuration), configuration }));
        });
    }

    // What a connection does with its worker, which strace starts here.
    private async Task WorkAsync(ConnectionSettings settings, string home)
    {
        var address = $"shm://netsnmp-{Environment.ProcessId}-{Guid.NewGuid():n}";
        var start = WorkerProcess.StartInfo(address, settings);
        start.Environment["HOME"] = home;
        foreach (var (word, place) in new[] { "-f", "-qq", "-e", "trace=%file", "-o", Log, start.FileName }.Select(static (word, place) => (word, place)))
        {
            start.ArgumentList.Insert(place, word);
        }

        start.FileName = "strace";
        using var worker = Process.Start(start)!;
        Assert.That(await worker.StandardOutput.ReadLineAsync().WaitAsync(Workers.Bound), Is.EqualTo("ready"));
        await using (var client = new RpcClient(address))
        {
            var calls = client.Get<INetSnmpWorker>();
            var agent = new SnmpTarget(System.Net.IPEndPoint.Parse($"{settings.Host}:{settings.Port}"), new SnmpArguments(settings).ToOptions(), "r1", "snmp");
            Assert.That((WorkerOutcome)(await calls.ConfigureAsync(WorkerSetup.For(agent, NetSnmpLibrary.Names).ToBytes(), CancellationToken.None))[0], Is.EqualTo(WorkerOutcome.Ready));
            var buffer = new byte[100];
            Assert.That(SnmpMessageWriter.TryWrite(buffer, SnmpVersion.V2c, [], PduType.Get, 1, 0, 0, [Oid.Parse("1.3.6.1.2.1.1.5.0")], out var length, out _), Is.True);
            var reply = await calls.ExchangeAsync(new WorkerRequest(30_000, IsRepeated: false).Join(buffer.AsSpan(0, length)), CancellationToken.None);
            Assert.That((WorkerOutcome)reply[0], Is.EqualTo(WorkerOutcome.Answered));
        }

        worker.StandardInput.Close();
        await worker.WaitForExitAsync().WaitAsync(Workers.Bound);
        Assert.That(worker.ExitCode, Is.Zero);
    }
}
