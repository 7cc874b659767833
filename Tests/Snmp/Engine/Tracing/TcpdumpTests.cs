using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Engine.Tracing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.Tracing;

/// <summary>The real tcpdump reads the pcap files and agrees with their checksums.</summary>
[TestFixture(AddressFamily.InterNetwork)]
[TestFixture(AddressFamily.InterNetworkV6)]
public sealed class TcpdumpTests(AddressFamily family)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private string _path = null!;

    [SetUp]
    public void ChoosePath() => _path = Path.Combine(Path.GetTempPath(), $"trace-{Guid.NewGuid():N}.pcap");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    private IPAddress Loopback => family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    private async Task<string[]> TcpdumpAsync(params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("tcpdump", ["-r", _path, "-n", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task TraceAsync(Responder responder, Func<SnmpClient, Task> ask)
    {
        await using var engine = new SnmpEngine();
        await using var file = SnmpTraceFile.Create(_path);
        await using (engine.StartTrace(responder.EndPoint, file))
        {
            await ask(engine.CreateClient(responder.Target())).WaitAsync(Limit);
        }
    }

    [Test]
    public async Task Requests_and_responses_are_decoded()
    {
        await using var responder = Responder.Answering(42, Loopback);
        await TraceAsync(responder, static client => client.GetAsync(Responder.Instance).AsTask());

        var lines = await TcpdumpAsync("-T", "snmp");

        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Does.Contain("GetRequest").And.Contain($".{Responder.Instance}").And.Contain($"> {Loopback}.{responder.EndPoint.Port}:"));
        Assert.That(lines[1], Does.Contain("GetResponse").And.Contain($".{Responder.Instance}=42").And.Contain($"{Loopback}.{responder.EndPoint.Port} >"));
    }

    [Test]
    public async Task Every_checksum_is_right_whatever_the_length()
    {
        await using var responder = new Responder(
            static (self, request) => self.Reply(request, request.Response([new VarBind(request.Oid, new string('x', request.VarBinds.Count * 997))])), Loopback);
        await TraceAsync(responder, static async client =>
        {
            for (var count = 1; count < 40; count++)
            {
                await client.SendAsync(SnmpRequest.GetBulk(0, 1, [.. Enumerable.Repeat(Responder.Instance, count)]));
            }
        });

        var lines = await TcpdumpAsync("-vvv");

        Assert.That(lines, Has.None.Contains("bad ").And.None.Contains("truncated"));
        Assert.That(lines.Count(static line => line.Contains("udp sum ok", StringComparison.Ordinal)), Is.EqualTo(78));
    }

    [Test]
    public async Task Times_are_kept_to_the_tick()
    {
        var datagram = new SnmpDatagram(
            DateTimeOffset.UnixEpoch.AddTicks(1_700_000_000_123_456_7), true, new IPEndPoint(Loopback, 1), new IPEndPoint(Loopback, 161), new byte[] { 0x30, 0 });
        await using (var file = SnmpTraceFile.Create(_path))
        {
            await file.WriteAsync(datagram);
        }

        var lines = await TcpdumpAsync("-tt", "--nano");

        Assert.That(lines.Single(), Does.StartWith("1700000000.123456700 "));
    }
}
