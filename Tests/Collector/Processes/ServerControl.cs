using System.Diagnostics;

namespace Connections.Collector.Tests.Processes;

/// <summary>Starts and stops the servers that Tests/run has started.</summary>
internal static class ServerControl
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Stops a server and starts it again; returns once it answers.</summary>
    internal static async Task RestartAsync(string control, params string[] mode)
    {
        using var process = Process.Start(new ProcessStartInfo(control, ["restart", .. mode]))!;
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(process.ExitCode, Is.Zero, control);
    }
}
