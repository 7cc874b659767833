using System.Diagnostics;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Another process that serves or calls: the assembly of the tests, started as a program. It answers each line with a line.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Where it serves or calls, with the port that was chosen.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="role"><c>serve</c> or <c>call</c>.</param>
    /// <param name="address">Where.</param>
    public static async Task<ServiceProcess> StartAsync(string role, string address)
    {
        var process = new ServiceProcess(Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(ServiceProcess).Assembly.Location, "rpc", role, address])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_TieredPGO"] = "0" },
            })!);
        process.Address = await process.HearAsync();
        return process;
    }

    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<string> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The process has ended.");

    public async Task<string> AskAsync(string line)
    {
        await TellAsync(line);
        return await HearAsync();
    }

    public void Signal(int signal) => Assert.That(Connections.Native.SharedMemory.Libc.Signal(Id, signal), Is.Zero);

    /// <summary>Ends it as if by SIGKILL from outside, and returns once it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
