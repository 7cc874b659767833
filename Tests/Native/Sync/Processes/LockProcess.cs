using System.Diagnostics;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync.Processes;

/// <summary>Another process that uses a lock: the assembly of the tests, started as a program.</summary>
internal sealed class LockProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private LockProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one, and has it open a lock.</summary>
    public static async Task<LockProcess> OpenAsync(string name, HybridLockMode mode = HybridLockMode.ConnectOrCreate)
    {
        var process = Start();
        await process.AskAsync($"open {name} {mode}");
        return process;
    }

    /// <summary>Starts one.</summary>
    /// <param name="prefix">A program that starts it in its turn, with its arguments.</param>
    public static LockProcess Start(params string[] prefix)
    {
        string[] command = [.. prefix, "dotnet", "exec", typeof(LockProcess).Assembly.Location];
        return new LockProcess(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        })!);
    }

    /// <summary>Tells it something, and waits for what it says to it.</summary>
    public async Task<string> AskAsync(string line)
    {
        await TellAsync(line);
        return await HearAsync();
    }

    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<string> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The process has ended.");

    /// <summary>Ends it as if by SIGKILL from outside, and returns once it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Has it end by itself.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Assert.That(Connections.Native.SharedMemory.Libc.Signal(Id, signal), Is.Zero);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
