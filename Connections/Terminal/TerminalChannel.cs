using System.Net.Sockets;
using System.Text;

namespace Connections.Terminal;

/// <summary>
/// A dialogue with the command line of a device over any <see cref="ITerminalTransport"/>: lines go out, and what the device prints comes back
/// up to its prompt. Each step has a timeout and a bound; its errors name the connection and the device.
/// </summary>
/// <remarks>
/// Not thread-safe: one call at a time, apart from <see cref="Dispose"/>. Nothing tells which answer belongs to which line but
/// their order, so a caller receives what it has sent for before another sends. That is what the lock of a connection is for.
/// </remarks>
public sealed class TerminalChannel : IDisposable
{
    // Matching goes over the last line again for each piece that arrives, which a device that never ends its line must not make dear.
    private const int LongestPrompt = 256;

    private readonly ITerminalTransport _transport;
    private readonly TerminalOptions _options;
    private readonly StringBuilder _received = new();
    private int _lastLine;
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
    }

    private string Label => $"connection '{_options.Alias}' of device '{_options.Device}'";

    private string Awaited => _lineSent is null ? "show a prompt" : $"finish '{_lineSent}'";

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
            await WithinTimeoutAsync(static async (channel, _, limit) =>
            {
                await channel._transport.OpenAsync(limit).ConfigureAwait(false);
                return await channel.ReadToPromptAsync(limit).ConfigureAwait(false);
            }, "", "show a prompt", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends one line.</summary>
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

        _lineSent = line;
        await OrLostAsync(static async (channel, line, limit) =>
        {
            await channel._transport.WriteAsync(line + "\n", limit).ConfigureAwait(false);
            return "";
        }, line, $"take '{line}'", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the next prompt.</summary>
    /// <param name="cancellationToken">Ends the wait. What has come so far is kept: the rest of the answer is on its way, so the channel is
    /// to be received from again, or to be disposed.</param>
    /// <returns>What the device printed before the prompt, without the echo of the line sent last; lines end in <c>\n</c>, the last one
    /// does not.</returns>
    /// <exception cref="CommandTimeoutException">No prompt came in time; what has come so far is kept, as above.</exception>
    /// <exception cref="ConnectionLostException">The device closed the connection, or it broke, or the channel was disposed; or the device
    /// printed more than <see cref="TerminalOptions.MaxOutput"/>, for which the channel is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var output = await OrLostAsync(
            static (channel, _, limit) => channel.ReadToPromptAsync(limit), "", Awaited, cancellationToken).ConfigureAwait(false);
        return WithoutEcho(output.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r'));
    }

    /// <summary>Closes the transport, at any moment: calls in progress fail with <see cref="ConnectionLostException"/>.</summary>
    public void Dispose() => _transport.Dispose();

    private async Task<string> ReadToPromptAsync(CancellationToken cancellationToken)
    {
        while (_received.Length <= _options.MaxOutput)
        {
            var piece = await _transport.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (piece.LastIndexOf('\n') is var end and >= 0)
            {
                _lastLine = _received.Length + end + 1;
            }

            _received.Append(piece);
            if (FindPrompt() is { } start)
            {
                return TakeOutput(start);
            }
        }

        Dispose();
        throw new ConnectionLostException(
            $"The {Label} was given up: it did not {Awaited} within {_options.MaxOutput} characters. Ask for less, allow more, or see whether the prompt is right.")
        {
            Alias = _options.Alias,
            Device = _options.Device,
        };
    }

    private int? FindPrompt()
    {
        var length = _received.Length - _lastLine;
        return length <= LongestPrompt && _options.Prompt.Match(_received.ToString(_lastLine, length)) is { Success: true } prompt
            ? _lastLine + prompt.Index
            : null;
    }

    private string TakeOutput(int length)
    {
        var output = _received.ToString(0, length);
        _received.Clear();
        _lastLine = 0;
        return output;
    }

    private string WithoutEcho(string output)
    {
        var start = _lineSent is not null && output.StartsWith(_lineSent + "\n", StringComparison.Ordinal) ? _lineSent.Length + 1 : 0;
        var end = output.Length - (output.Length > start && output.EndsWith('\n') ? 1 : 0);
        return output[start..end];
    }

    private async Task<string> OrLostAsync(
        Func<TerminalChannel, string, CancellationToken, Task<string>> step, string argument, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await WithinTimeoutAsync(step, argument, what, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            throw new ConnectionLostException($"The {Label} was lost and did not {what}: {error.Message}", error)
            {
                Alias = _options.Alias,
                Device = _options.Device,
            };
        }
    }

    private async Task<string> WithinTimeoutAsync(
        Func<TerminalChannel, string, CancellationToken, Task<string>> step, string argument, string what, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(_options.Timeout, _options.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await step(this, argument, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            throw new CommandTimeoutException($"The {Label} did not {what} within {_options.Timeout.TotalSeconds} s.", error)
            {
                Alias = _options.Alias,
                Device = _options.Device,
            };
        }
    }
}
