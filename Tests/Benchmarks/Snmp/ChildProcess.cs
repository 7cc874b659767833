using System.Diagnostics;

namespace Connections.Benchmarks.Snmp;

/// <summary>A process of the benchmark; it is spoken to line by line, and ends when its input does.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>This program again, with another task.</summary>
    internal static ChildProcess Start(string processors, params IEnumerable<string> arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? StartProgram(processors, Environment.ProcessPath!, [typeof(ChildProcess).Assembly.Location, .. arguments])
            : StartProgram(processors, Environment.ProcessPath!, arguments);

    /// <summary>Another program.</summary>
    internal static ChildProcess StartProgram(string processors, string program, params IEnumerable<string> arguments)
    {
        var (command, words) = Processors.Confine(processors, program, arguments);
        return new(Process.Start(new ProcessStartInfo(command, words) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    internal async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process of the benchmark ended early.");

    internal async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
