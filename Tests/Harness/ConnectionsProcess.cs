using System.Diagnostics;
using System.Runtime.InteropServices;
using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

/// <summary>The <c>connections</c> command as a child process whose output goes to pipes.</summary>
internal sealed partial class ConnectionsProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How the command is called: by dotnet as it was built, unless it is to be another one, such as the single file.</summary>
    internal static string[] Command { get; } = Environment.GetEnvironmentVariable("CONNECTIONS_COMMAND") is { Length: > 0 } file
        ? [file]
        : ["dotnet", typeof(Selection).Assembly.Location];

    private readonly Process _process;
    private readonly Task<string> _error;

    private ConnectionsProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? input = null)
    {
        var start = new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments])
        {
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
    }

    /// <summary>Starts the command, to be watched while it runs.</summary>
    internal static ConnectionsProcess Start(params string[] arguments) => StartWith(new Dictionary<string, string?>(), arguments);

    /// <inheritdoc cref="Start"/>
    internal static ConnectionsProcess StartWith(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => new(arguments, environment);

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    /// <summary>Runs the command to its end.</summary>
    internal static Task<Outcome> RunAsync(params string[] arguments) => RunWithAsync(new Dictionary<string, string?>(), arguments);

    /// <inheritdoc cref="RunAsync"/>
    internal static async Task<Outcome> RunWithAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = new ConnectionsProcess(arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>Runs the command to its end, with what it reads from a pipe.</summary>
    internal static async Task<Outcome> RunOnAsync(string input, params string[] arguments)
    {
        using var process = new ConnectionsProcess(arguments, new Dictionary<string, string?>(), input);
        return await process.EndAsync();
    }

    internal Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    internal void Signal(PosixSignal signal)
    {
        var number = signal == PosixSignal.SIGINT ? 2 : 15;
        Assert.That(Kill(_process.Id, number), Is.Zero);
    }

    /// <summary>Ends the command without a chance to tidy up.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits for the end, and gives what was not read yet.</summary>
    internal async Task<Outcome> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        var error = await _error.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new Outcome(_process.ExitCode, output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
