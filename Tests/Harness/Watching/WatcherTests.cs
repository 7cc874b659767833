using System.Net.Sockets;
using System.Text;
using Connections.Harness.Watching;

namespace Connections.Harness.Tests.Watching;

/// <summary>A process that is watched may say anything, or nothing.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WatcherTests : IDisposable
{
    private const string Begin = """{"processId":7,"command":"lab run","testbed":"lab","upTime":1.5,"totals":{"connections.snmp.requests":3},"pools":[],""";
    private const string Report = Begin + "\"connections\":[]}";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.watch");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Watcher _watcher;

    public WatcherTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
        _watcher = new Watcher(_path);
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _listener.Dispose();
        File.Delete(_path);
    }

    [Test]
    public async Task A_report_is_read_also_in_pieces()
    {
        var asked = _watcher.AskAsync(CancellationToken.None);
        using var process = await _listener.AcceptAsync();
        await process.SendAsync(Encoding.UTF8.GetBytes(Report[..20]));
        await process.SendAsync(Encoding.UTF8.GetBytes(Report[20..] + "\n"));

        var report = await asked.BoundedAsync();

        Assert.That((report!.ProcessId, report.Command, report.Testbed, report.UpTime), Is.EqualTo((7, "lab run", "lab", 1.5)));
        Assert.That(report.Totals["connections.snmp.requests"], Is.EqualTo(3));
        Assert.That((report.Connections.Count, report.Pools.Count), Is.EqualTo((0, 0)));
    }

    [TestCase("no report\n")]
    [TestCase("\n")]
    [TestCase("{}\n")]
    [TestCase("""{"processId":"seven","command":null}""" + "\n")]
    [TestCase("""{"processId":7,"command":"a","testbed":"b","upTime":1,"connections":[{"device":1}]}""" + "\n")]
    [TestCase("{\"processId\":")]
    [TestCase(Begin + "\"connections\":null}\n")]
    [TestCase(Begin + "\"connections\":[null]}\n")]
    public async Task What_is_no_report_is_none(string said)
    {
        var asked = _watcher.AskAsync(CancellationToken.None);
        using (var process = await _listener.AcceptAsync())
        {
            await process.SendAsync(Encoding.UTF8.GetBytes(said));
        }

        Assert.That(await asked.BoundedAsync(), Is.Null);
    }

    [Test]
    public async Task A_report_without_end_is_cut_off()
    {
        var asked = _watcher.AskAsync(CancellationToken.None);
        using var process = await _listener.AcceptAsync();
        var sending = SendUntilClosedAsync(process);

        Assert.That(await asked.BoundedAsync(), Is.Null);
        _watcher.Dispose();
        Assert.That(await sending.BoundedAsync(), Is.LessThan(32 * 1024 * 1024));
    }

    [Test]
    public async Task One_that_says_nothing_is_not_waited_for()
    {
        var asked = _watcher.AskAsync(CancellationToken.None);
        using var process = await _listener.AcceptAsync();

        Assert.That(await asked.BoundedAsync(), Is.Null);
    }

    [Test]
    public async Task One_that_is_not_there_says_nothing()
    {
        using var nobody = new Watcher(_path + "-other");

        Assert.That(await nobody.AskAsync(CancellationToken.None).BoundedAsync(), Is.Null);
    }

    private static async Task<long> SendUntilClosedAsync(Socket process)
    {
        var piece = new byte[64 * 1024];
        long sent = 0;
        try
        {
            while (true)
            {
                sent += await process.SendAsync(piece);
            }
        }
        catch (SocketException)
        {
            return sent;
        }
    }
}
