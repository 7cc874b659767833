using System.Diagnostics;
using System.Text.Json;

namespace Connections.Collector.Tests.Scale;

/// <summary>Programs in Python beside the tests, which print JSON.</summary>
internal static class Script
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    internal static async Task<JsonElement> RunAsync(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Scale", name), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(process.ExitCode, Is.Zero, await error);
        return JsonDocument.Parse(output).RootElement;
    }
}
