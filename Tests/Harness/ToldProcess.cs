using System.Diagnostics;

namespace Connections.Harness.Tests;

/// <summary>Another process, which does as it is told, line by line, and answers each line with a line: the assembly of the tests, started as a program.</summary>
internal sealed class ToldProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private ToldProcess(Process process) => _process = process;

    internal int Id => _process.Id;

    /// <summary>Starts one, and waits until it is ready.</summary>
    /// <param name="arguments">What the program is to be: see <see cref="Program"/>.</param>
    internal static async Task<ToldProcess> StartAsync(params string[] arguments)
    {
        var process = new ToldProcess(Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ToldProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        Assert.That(await process.HearAsync(), Is.EqualTo("ready"));
        return process;
    }

    /// <summary>Has it do something, and waits until it has.</summary>
    internal async Task<string?> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await HearAsync();
    }

    /// <summary>Ends it without a chance to tidy up.</summary>
    internal async Task KillAsync()
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

    private Task<string?> HearAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
}
