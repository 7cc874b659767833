using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>Runs snmptrap and snmpinform, without MIB modules and configuration, and with a directory of their own for what they keep.</summary>
internal sealed class TrapTool : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("connections-trap-");

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="tool">snmptrap or snmpinform.</param>
    /// <param name="receiver">Where it sends.</param>
    /// <param name="credentials">Version, and community or user.</param>
    /// <param name="content">What stands behind the address.</param>
    public async Task<(int ExitCode, string Errors)> RunAsync(string tool, IPEndPoint receiver, string[] credentials, params string[] content)
    {
        var transport = receiver.AddressFamily == AddressFamily.InterNetworkV6 ? "udp6" : "udp";
        var start = new ProcessStartInfo(tool, [.. credentials, "-On", $"{transport}:{receiver}", .. content])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MIBS"] = "", ["SNMPCONFPATH"] = "/nonexistent", ["SNMP_PERSISTENT_DIR"] = _state.FullName },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, Complaints(await output + await errors));
    }

    // What the tools say of a new directory is none.
    private static string Complaints(string text) =>
        string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("Created directory:", StringComparison.Ordinal))).Trim();

    public void Dispose() => _state.Delete(recursive: true);
}
