using System.Diagnostics;

namespace Connections.Tests;

/// <summary>Another process, which does as it is told, line by line, and answers each line with a line: the assembly of the tests, started as a program.</summary>
internal sealed class ToldProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private ToldProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The line with which it said that it was ready.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Starts one that says nothing before it is told something.</summary>
    /// <param name="prefix">A program that starts it in its turn, with its arguments.</param>
    /// <param name="arguments">What the program is to be: see <c>Program</c>.</param>
    public static ToldProcess Start(string[] prefix, params string[] arguments)
    {
        string[] command = [.. prefix, "dotnet", "exec", typeof(ToldProcess).Assembly.Location, .. arguments];
        return new ToldProcess(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        })!);
    }

    /// <summary>Starts one, and waits until it says that it is ready.</summary>
    /// <param name="arguments">What the program is to be: see <c>Program</c>.</param>
    public static async Task<ToldProcess> StartAsync(params string[] arguments)
    {
        var process = Start([], arguments);
        process.Greeting = await process.HearAsync();
        return process;
    }

    /// <summary>Has it do something, and waits until it has.</summary>
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

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
