using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync.Processes;

/// <summary>Processes that use a lock or a channel, as <see cref="LockSession"/> does.</summary>
internal static class LockProcess
{
    /// <summary>Starts one, and has it open a lock.</summary>
    public static async Task<ToldProcess> OpenAsync(string name, HybridLockMode mode = HybridLockMode.ConnectOrCreate)
    {
        var process = Start();
        await process.AskAsync($"open {name} {mode}");
        return process;
    }

    /// <summary>Starts one.</summary>
    /// <param name="prefix">A program that starts it in its turn, with its arguments.</param>
    public static ToldProcess Start(params string[] prefix) => ToldProcess.Start(prefix);
}
