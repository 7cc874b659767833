using System.Diagnostics;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>Another process that uses a shared pool: the assembly of the tests, started as a program. It answers each line with a line.</summary>
internal sealed class ServeClient : IAsyncDisposable
{
    private readonly Process _process;

    private ServeClient(Process process) => _process = process;

    /// <summary>Starts one, and waits until it is connected.</summary>
    internal static async Task<ServeClient> StartAsync(TestbedFile lab)
    {
        var client = new ServeClient(Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ServeClient).Assembly.Location, lab.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        Assert.That(await client.HearAsync(), Is.EqualTo("ready"));
        return client;
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
        await _process.WaitForExitAsync().BoundedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private Task<string?> HearAsync() => _process.StandardOutput.ReadLineAsync().BoundedAsync();
}
