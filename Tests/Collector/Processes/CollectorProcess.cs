using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Connections.Collector.Service;

namespace Connections.Collector.Tests.Processes;

/// <summary>The collector as a process of its own.</summary>
internal sealed partial class CollectorProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly StringBuilder _said = new();

    private CollectorProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = ListenAsync();
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

    /// <summary>Ends it as Ctrl-C does.</summary>
    internal void CtrlC() => Assert.That(Signal(_process.Id, Interrupt), Is.Zero);

    /// <summary>Types a line.</summary>
    internal async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it has said something on standard error.</summary>
    internal Task SaidAsync(string text) => Eventually.UntilAsync(() => Said().Contains(text, StringComparison.Ordinal));

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

    private async Task<string> ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Append(line).Append('\n');
            }
        }

        return Said();
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
