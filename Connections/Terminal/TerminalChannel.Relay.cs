using System.Net.Sockets;

namespace Connections.Terminal;

// Handing a session over to a person, who sees what the device prints, and types.
public sealed partial class TerminalChannel
{
    /// <summary>Passes text on in both directions until the keys end, or the device ends the session. The channel is disposed then.</summary>
    /// <returns>Whether the keys ended first.</returns>
    internal async Task<bool> RelayAsync(
        IAsyncEnumerable<string> keys, Func<string, CancellationToken, ValueTask> print, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var typing = TypeAsync(keys, end.Token);
        var printing = PrintAsync(print, end.Token);
        try
        {
            return await Task.WhenAny(typing, printing).ConfigureAwait(false) == typing;
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            Dispose();
            NewLost($"The {Label} was handed over to a person, and its session is closed. Connect it again.");
            await Task.WhenAll(OrEndedAsync(typing), OrEndedAsync(printing)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task TypeAsync(IAsyncEnumerable<string> keys, CancellationToken cancellationToken)
    {
        await foreach (var text in keys.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await _transport.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PrintAsync(Func<string, CancellationToken, ValueTask> print, CancellationToken cancellationToken)
    {
        await print(LastPrompt, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await print(await ReadPieceAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    // However a session ends, it has ended; what else went wrong is thrown.
    private static async Task OrEndedAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return;
        }
    }
}
