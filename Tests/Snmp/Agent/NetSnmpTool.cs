using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Runs the Net-SNMP tools without MIB modules and configuration, so that names and values come in numbers.</summary>
internal static class NetSnmpTool
{
    private static readonly string[] Numeric = ["-On", "-Oe", "-Ot", "-Ox", "-r1", "-t10"];

    /// <summary>Runs a tool against an endpoint.</summary>
    /// <returns>The exit code, and the lines of the output, those of one value joined.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines, string Errors)> RunAsync(
        string tool, string version, string community, IPEndPoint agent, params string[] arguments)
    {
        var (exitCode, output, errors) = await StartAsync(tool, version, community, agent, Numeric, arguments);
        return (exitCode, JoinContinued(output), errors);
    }

    /// <summary>Runs a tool with output options of one's own.</summary>
    /// <returns>The exit code, and the lines as they were printed.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines, string Errors)> RunPlainAsync(
        string tool, string version, string community, IPEndPoint agent, string[] options, params string[] arguments)
    {
        var (exitCode, output, errors) = await StartAsync(tool, version, community, agent, options, arguments);
        return (exitCode, output.TrimEnd('\n').Split('\n'), errors);
    }

    /// <summary>Runs a tool in SNMPv3 against an endpoint.</summary>
    public static async Task<ToolRun> RunSecuredAsync(string tool, string[] credentials, IPEndPoint agent, params string[] arguments)
    {
        var (exitCode, output, errors) = await StartAsync(tool, ["-v3", .. credentials, .. Numeric], agent, arguments);
        return new ToolRun(exitCode, JoinContinued(output), errors);
    }

    private static Task<(int ExitCode, string Output, string Errors)> StartAsync(
        string tool, string version, string community, IPEndPoint agent, string[] options, string[] arguments) =>
        StartAsync(tool, [$"-v{version}", "-c", community, .. options], agent, arguments);

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(
        string tool, string[] options, IPEndPoint agent, string[] arguments)
    {
        var transport = agent.AddressFamily == AddressFamily.InterNetworkV6 ? "udp6" : "udp";
        var start = new ProcessStartInfo(tool, [.. options, $"{transport}:{agent}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MIBS"] = "", ["SNMPCONFPATH"] = "/nonexistent", ["SNMP_PERSISTENT_DIR"] = Path.GetTempPath() },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await errors);
    }

    // Long octet strings go on over several lines.
    private static List<string> JoinContinued(string output)
    {
        var lines = new List<string>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('.') || line == "End of MIB")
            {
                lines.Add(line.TrimEnd());
            }
            else
            {
                lines[^1] = $"{lines[^1]} {line.TrimEnd()}";
            }
        }

        return lines;
    }
}
