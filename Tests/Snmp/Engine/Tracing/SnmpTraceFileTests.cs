using System.Runtime.Versioning;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Engine.Tracing;

namespace Connections.Snmp.Tests.Engine.Tracing;

public sealed class SnmpTraceFileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private string _path = null!;

    [SetUp]
    public void ChoosePath() => _path = Path.Combine(Path.GetTempPath(), $"trace-{Guid.NewGuid():N}.txt");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    private static ConnectionSettings Settings(Responder responder, string trace) => new()
    {
        DeviceName = "router-1",
        Alias = "snmp",
        Via = "snmp",
        Protocol = "snmp",
        Host = responder.EndPoint.Address.ToString(),
        Port = responder.EndPoint.Port,
        Arguments = new Dictionary<string, string> { ["trace"] = trace, ["community"] = "sesame-street" },
    };

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_trace_is_for_its_owner_alone()
    {
        await using (SnmpTraceFile.Create(_path))
        {
            Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        await File.WriteAllTextAsync(_path, "older");
        await using (SnmpTraceFile.Create(_path))
        {
            Assert.That(new FileInfo(_path).Length, Is.Zero);
        }
    }

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_others_may_read_is_refused_and_left_as_it_is(UnixFileMode mode)
    {
        File.WriteAllText(_path, "what stood there");
        File.SetUnixFileMode(_path, mode);

        Assert.That(() => SnmpTraceFile.Create(_path), Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains(_path).And.Message.Contains("chmod 600"));

        Assert.That((File.ReadAllText(_path), File.GetUnixFileMode(_path)), Is.EqualTo(("what stood there", mode)));
    }

    [Test]
    public async Task The_workers_of_a_device_share_its_trace_and_two_devices_their_file()
    {
        await using var engine = new SnmpEngine();
        await using var first = Responder.Answering(1);
        await using var second = Responder.Answering(2);
        SnmpConnection[] connections =
        [
            new(Settings(first, _path), engine), new(Settings(first, _path), engine), new(Settings(second, _path), engine),
        ];
        foreach (var connection in connections)
        {
            await connection.ConnectAsync().WaitAsync(Limit);
        }

        await connections[0].DisposeAsync();
        await connections[1].GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);
        await connections[2].GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);
        await connections[1].DisposeAsync();
        await connections[2].DisposeAsync();

        // Three connects and two GETs, each with its answer, each once.
        var lines = await File.ReadAllLinesAsync(_path);
        Assert.That(lines, Has.Length.EqualTo(2 * (3 + 2)));
        Assert.That(lines.Count(line => line.Contains($" {second.EndPoint} ", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(lines, Has.None.Contains("sesame"));
    }

    [Test]
    public async Task A_trace_that_cannot_be_written_is_an_error_of_connecting()
    {
        await using var engine = new SnmpEngine();
        await using var responder = Responder.Answering();
        await using var connection = new SnmpConnection(Settings(responder, "/nowhere/at/all.txt"), engine);

        Assert.That(
            async () => await connection.ConnectAsync().WaitAsync(Limit),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("/nowhere/at/all.txt").And.Message.Contains("router-1"));
    }
}
