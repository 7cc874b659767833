using System.Diagnostics;

namespace Connections.Terminal;

/// <summary>
/// A program on this machine as a command line. Its standard output and its standard error are one. Thread safety and failures are those of
/// <see cref="ITerminalTransport"/>. For Unix.
/// </summary>
public sealed class ProcessTransport : ITerminalTransport
{
    private const string Shell = "/bin/sh";
    private const string TerminalMaker = "script";

    private readonly string[] _command;
    private readonly bool _hasTerminal;
    private readonly Lock _gate = new();
    private ChildProcess? _child;
    private bool _isDisposed;

    /// <summary>Makes a transport that is not open yet.</summary>
    /// <param name="command">A program, by name or path, and its arguments.</param>
    /// <param name="hasTerminal">Whether the program gets a terminal of its own, by way of <c>script</c> of util-linux; else its streams are pipes.</param>
    /// <exception cref="ArgumentException">There is no program.</exception>
    public ProcessTransport(IReadOnlyList<string> command, bool hasTerminal = false)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Count == 0 || command[0].Length == 0)
        {
            throw new ArgumentException("There is no program.", nameof(command));
        }

        _command = [.. command];
        _hasTerminal = hasTerminal;
    }

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(_command[0]);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _child = ChildProcess.Start(_hasTerminal ? InTerminal() : WithPipes(), endsChildren: true);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (await Child.ReadAsync(cancellationToken).ConfigureAwait(false) is { } text)
        {
            return text;
        }

        var status = await Child.ExitAsync().ConfigureAwait(false);
        throw new EndOfStreamException($"The program '{_command[0]}' {(status is null ? "closed its output" : $"ended with status {status}")}.");
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Child.WriteAsync(text, cancellationToken);
    }

    /// <summary>Ends the program, and what it has started.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _child?.Dispose();
        }
    }

    private ChildProcess Child => _child ?? throw new ObjectDisposedException(nameof(ProcessTransport), "The transport is not open.");

    private static void Require(string program)
    {
        if (!LocalPrograms.Exists(program))
        {
            throw new FileNotFoundException($"There is no program '{program}' on this machine; install it, or give its full path.", program);
        }
    }

    // The shell joins both outputs in the order in which they are printed, and leaves its place to the program.
    private ProcessStartInfo WithPipes() => new(Shell, ["-c", "exec \"$@\" 2>&1", Shell, .. _command]);

    private ProcessStartInfo InTerminal()
    {
        Require(TerminalMaker);
        return new ProcessStartInfo(
            TerminalMaker, ["--quiet", "--flush", "--return", "--command", string.Join(' ', _command.Select(Quote)), "/dev/null"]);
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
