using System.Net.Sockets;

namespace Connections.Terminal;

// Steps within their time, and errors that say whose they are and how far it went.
public sealed partial class TerminalChannel
{
    private const int MostToldOfOutput = 64 * 1024;

    private string Label => $"connection '{_options.Alias}' of device '{_options.Device}'";

    private string Awaited => _lineSent is null ? "show a prompt" : $"finish '{_lineSent}'";

    private async Task<T> OrLostAsync<T>(
        Func<CancellationToken, Task<T>> step, string what, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await WithinAsync(step, what, timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            throw NewLost($"The {Label} was lost and did not {what}: {error.Message}", error);
        }
    }

    private async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> step, string what, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var time = timeout ?? _options.Timeout;
        using var clock = new CancellationTokenSource(time, _options.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await step(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            throw new CommandTimeoutException($"The {Label} did not {what} within {time.TotalSeconds} s.", error)
            {
                Alias = _options.Alias,
                Device = _options.Device,
                Received = ReceivedSoFar(),
            };
        }
    }

    private ConnectionLostException NewLost(string message, Exception? inner = null) => Loss = new ConnectionLostException(message, inner)
    {
        Alias = _options.Alias,
        Device = _options.Device,
        Received = ReceivedSoFar(),
    };

    private string ReceivedSoFar() => WithoutEcho(_received.Tail(MostToldOfOutput));
}
