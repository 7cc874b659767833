using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Connections.Terminal;

/// <summary>
/// A dialogue with the command line of a device over any <see cref="ITerminalTransport"/>: lines go out, and what the device prints comes back
/// up to its prompt; where it stops for a page it is told to go on. Each step has a timeout and a bound; its errors name the connection and
/// the device.
/// </summary>
/// <remarks>
/// Not thread-safe: one call at a time, apart from <see cref="Dispose"/>. Nothing tells which answer belongs to which line but
/// their order, so a caller receives what it has sent for before another sends. That is what the lock of a connection is for.
/// </remarks>
public sealed partial class TerminalChannel : IDisposable
{
    private const string NextPage = " ";

    private readonly ITerminalTransport _transport;
    private readonly TerminalOptions _options;
    private readonly TerminalText _received = new();
    private Task<string>? _ahead;
    private string? _lineSent;

    /// <summary>Makes a channel that is not open yet.</summary>
    /// <param name="transport">What it goes over; not opened yet. The channel disposes it.</param>
    /// <param name="options">Prompt, limits and names.</param>
    public TerminalChannel(ITerminalTransport transport, TerminalOptions options)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        _transport = transport;
        _options = options;
        Prompt = options.Prompt;
    }

    /// <summary>What shows that a command is finished: at first <see cref="TerminalOptions.Prompt"/>, until more is known of the device.</summary>
    public Regex Prompt { get; set; }

    /// <summary>The prompt that the device showed last; empty before the first.</summary>
    public string LastPrompt { get; private set; } = "";

    /// <summary>Whether the device has shown a prompt for all that it was sent, so that another line may go out.</summary>
    public bool IsAtPrompt { get; private set; }

    /// <summary>How the session was lost; null while it was not.</summary>
    public ConnectionLostException? Loss { get; private set; }

    /// <summary>Opens the transport and waits for the first prompt. If that fails, the channel is disposed.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CommandTimeoutException">No prompt came in time.</exception>
    /// <exception cref="ConnectionLostException">The device printed too much before a prompt.</exception>
    /// <exception cref="IOException">The device cannot be reached, or closed the connection.</exception>
    /// <exception cref="SocketException">Likewise, over a network.</exception>
    /// <exception cref="ObjectDisposedException">The channel was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await WithinAsync(
                async limit =>
                {
                    await _transport.OpenAsync(limit).ConfigureAwait(false);
                    return await ReadUntilAsync(Prompt, limit).ConfigureAwait(false);
                },
                "show a prompt",
                timeout: null,
                cancellationToken).ConfigureAwait(false);
            IsAtPrompt = true;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends one line. What the device has printed since its prompt, such as a message of its log, is no answer to it and forgotten.</summary>
    /// <param name="line">The line, without its end. It stands in the messages of errors: not for secrets.</param>
    /// <param name="cancellationToken">Ends the wait; a part of the line may have been sent.</param>
    /// <exception cref="ArgumentException">These are several lines; nothing was sent.</exception>
    /// <exception cref="CommandTimeoutException">The device did not take the line in time.</exception>
    /// <exception cref="ConnectionLostException">The device closed the connection, or it broke, or the channel was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task SendAsync(string line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("Several lines were to be sent as one; send each by itself.", nameof(line));
        }

        var isAtPrompt = IsAtPrompt;
        _lineSent = line;
        IsAtPrompt = false;
        await OrLostAsync(
            async limit =>
            {
                await (isAtPrompt ? ForgetAsync(limit) : Task.CompletedTask).ConfigureAwait(false);
                return await WriteAsync(line + "\n", limit).ConfigureAwait(false);
            },
            $"take '{line}'",
            timeout: null,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ReceiveAsync(Regex?, TimeSpan?, CancellationToken)"/>
    public Task<string> ReceiveAsync(CancellationToken cancellationToken = default) => ReceiveAsync(until: null, timeout: null, cancellationToken);

    /// <summary>Waits for the next prompt.</summary>
    /// <param name="until">What to wait for in place of the prompt, looked for in the last line likewise, such as a question of the device; the prompt if null.</param>
    /// <param name="timeout">How long, in place of <see cref="TerminalOptions.Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait. What has come so far is kept: the rest of the answer is on its way, so the channel is
    /// to be received from again, or to be disposed.</param>
    /// <returns>What the device printed before the prompt, without the echo of the line sent last and without pagers; lines end in <c>\n</c>,
    /// the last one does not.</returns>
    /// <exception cref="CommandTimeoutException">No prompt came in time; what has come so far is kept, as above.</exception>
    /// <exception cref="ConnectionLostException">The device closed the connection, or it broke, or the channel was disposed; or the device
    /// printed more than <see cref="TerminalOptions.MaxOutput"/>, for which the channel is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string> ReceiveAsync(Regex? until, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var output = await OrLostAsync(limit => ReadUntilAsync(until ?? Prompt, limit), Awaited, timeout, cancellationToken).ConfigureAwait(false);
        IsAtPrompt = until is null;
        return WithoutEcho(output);
    }

    /// <summary>Closes the transport, at any moment: calls in progress fail with <see cref="ConnectionLostException"/>.</summary>
    public void Dispose() => _transport.Dispose();

    private async Task<string> ReadUntilAsync(Regex until, CancellationToken cancellationToken)
    {
        var (output, prompt) = await ReadUntilAsync(
            text => text.LastLine is var line && until.Match(line.Text) is { Success: true } match
                ? (text.TakeUpTo(line.Start + match.Index), match.Value)
                : ((string, string)?)null,
            cancellationToken).ConfigureAwait(false);
        LastPrompt = prompt;
        return output;
    }

    private async Task<T> ReadUntilAsync<T>(Func<TerminalText, T?> find, CancellationToken cancellationToken)
        where T : struct
    {
        while (_received.Length <= _options.MaxOutput)
        {
            _received.Append(await ReadPieceAsync(cancellationToken).ConfigureAwait(false));

            // What is last in a piece may look like a prompt by chance; it is none if more has come already.
            if (ReadAhead().IsCompletedSuccessfully)
            {
                continue;
            }

            if (find(_received) is { } found)
            {
                return found;
            }

            if (_options.Pager.IsMatch(_received.LastLine.Text))
            {
                _received.CutPager();
                await _transport.WriteAsync(NextPage, cancellationToken).ConfigureAwait(false);
            }
        }

        Dispose();
        throw NewLost(
            $"The {Label} was given up: it did not {Awaited} within {_options.MaxOutput} characters. Ask for less, allow more, or see whether the prompt is right.");
    }

    private async Task<string> ReadPieceAsync(CancellationToken cancellationToken)
    {
        var piece = await ReadAhead().WaitAsync(cancellationToken).ConfigureAwait(false);
        _ahead = null;
        return piece;
    }

    // One read is always under way, also while nobody waits for it, and outlives a wait that was cancelled.
    private Task<string> ReadAhead()
    {
        if (_ahead is null)
        {
            _ahead = _transport.ReadAsync(CancellationToken.None).AsTask();
            _ = _ahead.ContinueWith(
                static read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return _ahead;
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        while (ReadAhead().IsCompleted)
        {
            await ReadPieceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _transport.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private string WithoutEcho(string printed)
    {
        var output = printed.Replace("\r\n", "\n", StringComparison.Ordinal);
        var start = _lineSent is { } line ? EchoStripping.LengthOf(output, line, _options.Echo) : 0;

        // A device that starts its prompt with a carriage return has printed no output by that.
        var end = output.AsSpan().TrimEnd('\r').Length;
        end = end == 0 || output[end - 1] == '\n' ? end : output.Length;
        end -= end > start && output[end - 1] == '\n' ? 1 : 0;
        return output[start..Math.Max(start, end)];
    }
}
