using System.Diagnostics;

namespace Connections.Harness.Tests.Sharing;

/// <summary>Another process that takes turns on a device: the assembly of the tests, started as a program.</summary>
internal sealed class SharingProcess : IAsyncDisposable
{
    /// <summary>The argument by which the program knows what it is.</summary>
    internal const string Argument = "take-turns";

    private readonly Process _process;

    private SharingProcess(Process process) => _process = process;

    internal int Id => _process.Id;

    /// <summary>Starts one, and waits until it has read its testbed.</summary>
    internal static async Task<SharingProcess> StartAsync(TestbedFile lab)
    {
        var process = new SharingProcess(Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(SharingProcess).Assembly.Location, Argument, lab.Path])
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

    private Task<string?> HearAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(90));
}
