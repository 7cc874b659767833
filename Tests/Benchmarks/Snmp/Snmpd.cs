using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.Benchmarks.Snmp;

/// <summary>A real snmpd on loopback with one user of SNMPv3, on the agent's processors; what it writes is in a directory of its own.</summary>
internal sealed class Snmpd : IAsyncDisposable
{
    internal const string User = "Sha1-Aes128";
    internal const string AuthenticationPassword = "maplesyrup";
    internal const string PrivacyPassword = "pancakes-with-syrup";

    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private Snmpd(Process process, DirectoryInfo directory, int port)
    {
        _process = process;
        _directory = directory;
        Port = port.ToString(CultureInfo.InvariantCulture);
    }

    internal string Port { get; }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <exception cref="SnmpTimeoutException">It does not.</exception>
    internal static async Task<Snmpd> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("connections-snmpd");
        var port = FreePort();
        var configuration = Path.Combine(directory.FullName, "snmpd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            agentaddress udp:127.0.0.1:{port}
            rocommunity public
            createUser {User} SHA {AuthenticationPassword} AES {PrivacyPassword}
            rouser {User} priv

            """);
        var (program, arguments) = Processors.Confine(
            Processors.ForAgent, "snmpd", ["-f", "-r", "-C", "-c", configuration, "-Lf", Path.Combine(directory.FullName, "log")]);
        var start = new ProcessStartInfo(program, arguments)
        {
            Environment = { ["SNMP_PERSISTENT_DIR"] = directory.FullName, ["MIBS"] = "", ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin" },
        };
        var process = Process.Start(start)!;
        var snmpd = new Snmpd(process, directory, port);
        await AnswersAsync(port);
        return snmpd;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static async Task AnswersAsync(int port)
    {
        await using var engine = new SnmpEngine();
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(100), Retries = 100, Backoff = 1 };
        await engine.CreateClient(new SnmpTarget(new IPEndPoint(IPAddress.Loopback, port), options)).GetAsync(GetClient.Instance);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
