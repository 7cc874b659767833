using System.Diagnostics;
using System.Runtime.InteropServices;
using Connections.Collector.Service;

namespace Connections.Collector.Tests.Processes;

/// <summary>The collector as a process of its own.</summary>
internal sealed partial class CollectorProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CollectorProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    internal bool HasExited => _process.HasExited;

    /// <summary>Starts a collector.</summary>
    /// <param name="settings">Settings by their keys below the section; they travel in the environment, as secrets should.</param>
    /// <param name="arguments">What stands on the command line.</param>
    internal static CollectorProcess Start(IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CollectorSettings).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[$"Collector__{key}"] = value;
        }

        return new CollectorProcess(Process.Start(start)!);
    }

    /// <summary>Ends it without a chance to tidy up.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Tells it to stop.</summary>
    internal void Stop() => Assert.That(Signal(_process.Id, Terminate), Is.Zero);

    /// <summary>Waits for its end.</summary>
    internal async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _output.WaitAsync(Patience), await _error.WaitAsync(Patience));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
