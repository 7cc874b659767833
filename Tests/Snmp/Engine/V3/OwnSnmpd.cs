using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>A snmpd of the test's own, which may be stopped and started again: its engine ID and boots persist, as those of a device do.</summary>
internal sealed class OwnSnmpd : IAsyncDisposable
{
    public const string Description = "A snmpd of the test's own";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("connections-snmpd.");
    private Process? _process;

    private OwnSnmpd(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    /// <param name="engineId">Its engine ID in hexadecimal digits; one of its own if null.</param>
    /// <param name="port">Where it listens; anywhere if 0.</param>
    /// <param name="overTcp">Whether it listens there over TCP too.</param>
    /// <param name="line">A line more of its configuration.</param>
    public static async Task<OwnSnmpd> StartAsync(string? engineId = null, int port = 0, bool overTcp = false, string? line = null)
    {
        var snmpd = new OwnSnmpd(new IPEndPoint(IPAddress.Loopback, port == 0 ? FreePort() : port));
        string[] lines =
        [
            $"agentaddress udp:{snmpd.EndPoint}{(overTcp ? $",tcp:{snmpd.EndPoint}" : "")}",
            "rocommunity public",
            $"sysdescr {Description}",
            .. SnmpdUsers.OfSha1.SelectMany(static user => new[] { SnmpdUsers.Creation(user), $"rwuser {user.Name} noauth" }),
            .. line is null ? Array.Empty<string>() : [line],
            .. engineId is null ? Array.Empty<string>() : [$"exactEngineID 0x{engineId}"],
        ];
        Directory.CreateDirectory(snmpd.StateDirectory);
        await File.WriteAllLinesAsync(snmpd.ConfigurationFile, lines);
        await snmpd.StartAsync();
        return snmpd;
    }

    /// <summary>Starts it again; its boots are one more.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("snmpd") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-f", "-r", "-c", ConfigurationFile, "-Lf", Path.Combine(_directory.FullName, "log")])
        {
            start.ArgumentList.Add(argument);
        }

        // What it saved is read from the path of configurations.
        start.Environment["SNMP_PERSISTENT_DIR"] = start.Environment["SNMPCONFPATH"] = StateDirectory;
        start.Environment["MIBS"] = "";
        start.Environment["PATH"] += ":/usr/local/sbin:/usr/sbin:/sbin";
        _process = Process.Start(start)!;
        await using var engine = new SnmpEngine();
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(100), Retries = 100, Backoff = 1 };
        await engine.CreateClient(new SnmpTarget(EndPoint, options)).GetAsync(SysDescr).AsTask().WaitAsync(Limit);
    }

    /// <summary>Ends it as the system would, so that it saves what is to persist.</summary>
    public async Task StopAsync()
    {
        using var process = _process!;
        using var kill = Process.Start("kill", [process.Id.ToString()]);
        await process.WaitForExitAsync().WaitAsync(Limit);
        _process = null;
    }

    /// <summary>Ends it at once, as a crash would: what it had not answered is never answered, and nothing is saved.</summary>
    public async Task CrashAsync()
    {
        using var process = _process!;
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Limit);
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
        }

        _directory.Delete(recursive: true);
    }

    private string ConfigurationFile => Path.Combine(_directory.FullName, "snmpd.conf");

    private string StateDirectory => Path.Combine(_directory.FullName, "state");

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
