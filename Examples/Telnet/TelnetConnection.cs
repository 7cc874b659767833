using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Locking;

namespace Connections.Telnet;

/// <summary>
/// The smallest connection class of one's own: a command line over Telnet. Any number of callers may share one; each command
/// holds the connection's lock until its output is complete.
/// </summary>
/// <remarks>
/// Arguments: <c>prompt</c>, a regular expression for what ends the output of a command (by default a line that ends in <c>&gt;</c>,
/// <c>#</c>, <c>$</c> or <c>%</c>; better the very prompt of the device), and <c>timeout</c>, the longest that connecting or one command
/// may take, in seconds (10). There is no login. After a command that was cut short the device is connected anew.
/// </remarks>
public sealed partial class TelnetConnection : BaseConnection
{
    private const int DefaultPort = 23;
    private const int LongestPrompt = 256;
    private const int LongestOutput = 16 * 1024 * 1024;

    private readonly Regex _prompt;
    private readonly TimeSpan _timeout;
    private TelnetStream? _stream;

    /// <summary>Makes a connection that is not connected yet.</summary>
    /// <exception cref="ArgumentException">There is no host, or an argument is malformed.</exception>
    public TelnetConnection(ConnectionSettings settings)
        : base(settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(settings.Host, "settings.Host");
        _prompt = new Regex(settings.Arguments.GetValueOrDefault("prompt", "^[^ ]*[>#$%] ?$"), RegexOptions.NonBacktracking);
        _timeout = TimeSpan.FromSeconds(double.Parse(settings.Arguments.GetValueOrDefault("timeout", "10"), CultureInfo.InvariantCulture));
    }

    /// <summary>Sends one line, and waits for the prompt after it.</summary>
    /// <param name="command">The line, without its end.</param>
    /// <param name="cancellationToken">Ends the wait for the lock, and the command.</param>
    /// <returns>What the device printed, without echo and prompt; lines end in <c>\n</c>, the last one does not.</returns>
    /// <exception cref="ArgumentException">The command has several lines.</exception>
    /// <exception cref="CommandTimeoutException">No prompt came in time.</exception>
    /// <exception cref="ConnectionLostException">The device closed the connection, or it broke.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [Locked]
    public partial Task<string> ExecuteAsync(string command, CancellationToken cancellationToken = default);

    /// <summary>Sends several lines, one after the other, that no other caller comes between; fails as <see cref="ExecuteAsync"/> does.</summary>
    /// <returns>The output of each command.</returns>
    [Locked]
    public partial Task<IReadOnlyList<string>> ExecuteAllAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken = default);

    private async Task<string> ExecuteCoreAsync(string command, CancellationToken cancellationToken)
    {
        EnsureConnected();
        if (command.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("A command is one line; send several with ExecuteAllAsync.", nameof(command));
        }

        var output = await WithinTimeoutAsync($"finish '{command}'", async limit =>
        {
            await _stream!.WriteLineAsync(command, limit);
            return await ReadToPromptAsync(_stream, limit);
        }, cancellationToken);
        return WithoutEcho(output, command);
    }

    private async Task<IReadOnlyList<string>> ExecuteAllCoreAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        var outputs = new List<string>(commands.Count);
        foreach (var command in commands)
        {
            outputs.Add(await ExecuteAsync(command, cancellationToken));
        }

        return outputs;
    }

    /// <inheritdoc/>
    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var stream = _stream = new TelnetStream();
        try
        {
            await WithinTimeoutAsync("show a prompt", async limit =>
            {
                await stream.ConnectAsync(Settings.Host!, Settings.Port ?? DefaultPort, limit);
                return await ReadToPromptAsync(stream, limit);
            }, cancellationToken);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override Task CloseAsync(CancellationToken cancellationToken)
    {
        _stream?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A new session: the old one may yet print what the next caller would take for its own.</summary>
    protected override async Task ResetAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        await OpenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Abort() => _stream?.Dispose();

    private async Task<string> ReadToPromptAsync(TelnetStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var line = 0;
        while (text.Length <= LongestOutput)
        {
            var chunk = await stream.ReadAsync(cancellationToken);
            line = chunk.LastIndexOf('\n') is var end and >= 0 ? text.Length + end + 1 : line;
            text.Append(chunk);
            if (text.Length - line <= LongestPrompt && _prompt.Match(text.ToString(line, text.Length - line)) is { Success: true } prompt)
            {
                return text.ToString(0, line + prompt.Index).ReplaceLineEndings("\n");
            }
        }

        throw new IOException($"It printed more than {LongestOutput} characters without a prompt.");
    }

    private static string WithoutEcho(string output, string command)
    {
        var start = output.StartsWith(command + "\n", StringComparison.Ordinal) ? command.Length + 1 : 0;
        var end = output.Length - (output.Length > start && output.EndsWith('\n') ? 1 : 0);
        return output[start..end];
    }

    private async Task<string> WithinTimeoutAsync(string what, Func<CancellationToken, Task<string>> step, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            return await step(limit.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandTimeoutException($"The {this} did not {what} within {_timeout.TotalSeconds} s.", error)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }
        catch (Exception error) when (IsConnected && error is IOException or SocketException or ObjectDisposedException)
        {
            throw new ConnectionLostException($"The {this} was lost and did not {what}: {error.Message}", error)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }
    }
}
