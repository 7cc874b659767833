using System.Diagnostics;
using System.Net;

namespace Connections.Snmp.Tests.Mibs.Formatting;

/// <summary>Runs Net-SNMP's walks with MIB modules, so that names and values come in words.</summary>
internal static class NamingTool
{
    /// <summary>Walks an agent from its beginning to its end.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="letters">What comes after <c>-O</c>, or nothing.</param>
    /// <param name="folders">The folders of the modules.</param>
    /// <param name="modules">The modules to load; ALL for all that the folders have.</param>
    /// <returns>What was printed, without the line that says that the end was reached.</returns>
    public static async Task<string> WalkAsync(IPEndPoint agent, string letters, string folders, string modules)
    {
        var start = new ProcessStartInfo("snmpbulkwalk", ["-v2c", "-c", "public", "-r1", "-t10", "-Cr25", .. Options(letters), $"udp:{agent}", ".1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MIBS"] = modules, ["MIBDIRS"] = folders, ["SNMPCONFPATH"] = "/nonexistent", ["SNMP_PERSISTENT_DIR"] = Path.GetTempPath(), ["LC_ALL"] = "C",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        Assert.That(process.ExitCode, Is.Zero, await errors);
        var text = await output;
        var last = text.LastIndexOf('\n', text.Length - 2);
        Assert.That(text[(last + 1)..], Does.Contain("No more variables left"), await errors);
        return text[..(last + 1)];
    }

    private static string[] Options(string letters) => letters.Length == 0 ? [] : [$"-O{letters}"];
}
