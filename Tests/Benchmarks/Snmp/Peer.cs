using System.Diagnostics;

namespace Connections.Benchmarks.Snmp;

/// <summary>A program in C, compiled when it is first needed; what that takes is installed by apt where there is apt, and may be used.</summary>
/// <param name="name">The source's name in the folder Peers, without its ending.</param>
/// <param name="package">What must be installed beside a compiler, or null.</param>
/// <param name="library">What it is linked to, or null.</param>
internal sealed class Peer(string name, string? package = null, string? library = null)
{
    private (string? Program, string? Missing)? _built;

    /// <summary>A client that counts, and does nothing else: the limit.</summary>
    internal static Peer Raw { get; } = new("raw");

    /// <summary>A client that uses Net-SNMP's library.</summary>
    internal static Peer NetSnmp { get; } = new("netsnmp", "libsnmp-dev", "netsnmp");

    /// <summary>A ring in shared memory that two processes poll.</summary>
    internal static Peer Ring { get; } = new("ring");

    /// <summary>Compiles it, once.</summary>
    /// <returns>Where the program is, or why there is none.</returns>
    internal async Task<(string? Program, string? Missing)> BuildAsync() => _built ??= await CompileAsync();

    private async Task<(string? Program, string? Missing)> CompileAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Peers", name);
        if (await TryCompileAsync(program) is null)
        {
            return (program, null);
        }

        await InstallAsync();
        return await TryCompileAsync(program) is { } problem ? (null, $"not measured: {problem}") : (program, null);
    }

    private async Task<string?> TryCompileAsync(string program)
    {
        var (exitCode, errors) = await RunAsync("gcc", ["-O2", "-o", program, program + ".c", .. library is null ? Array.Empty<string>() : ["-l" + library]]);
        return exitCode == 0 ? null : errors.Split('\n')[0];
    }

    private async Task InstallAsync()
    {
        await RunAsync("apt-get", ["update", "-qq"]);
        await RunAsync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "gcc", "libc6-dev", .. package is null ? Array.Empty<string>() : [package]]);
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            return (process.ExitCode, errors);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
