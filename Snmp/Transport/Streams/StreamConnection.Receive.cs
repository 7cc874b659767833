using System.Buffers;
using System.Net.Sockets;

namespace Connections.Snmp.Transport.Streams;

// What the peer sends, cut into messages. All of it may be hostile: a length is believed within bounds only, a message that was begun must be
// finished in time, and one who sends faster than the engine reads is made to wait.
internal sealed partial class StreamConnection
{
    private const int UsualBuffer = 4_096;

    private async Task ReceiveAllAsync(Socket socket)
    {
        using var unfinished = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(unfinished.Token, _closed.Token);
        try
        {
            var isMessage = await ReceiveAllAsync(socket, unfinished, either.Token).ConfigureAwait(false);
            Close(isMessage ? DatagramErrorKind.ConnectionLost : DatagramErrorKind.NoMessage);
        }
        catch (Exception error) when (IsEndOfConnection(error))
        {
            Close(unfinished.IsCancellationRequested ? DatagramErrorKind.NoMessage : DatagramErrorKind.ConnectionLost);
        }
    }

    /// <returns>True at the stream's end, false where what came is no message.</returns>
    private async Task<bool> ReceiveAllAsync(Socket socket, CancellationTokenSource unfinished, CancellationToken cancellationToken)
    {
        var buffer = new ReceiveBuffer(UsualBuffer);
        var isTimed = false;
        while (await socket.ReceiveAsync(buffer.Free, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            buffer.Commit(count);
            while (buffer.TryPeek(out var message))
            {
                unfinished.CancelAfter(Timeout.InfiniteTimeSpan);
                isTimed = false;
                await HandOverAsync(message).ConfigureAwait(false);
                buffer.Consume(message.Length);
            }

            if (buffer.IsInvalid)
            {
                return false;
            }

            // The time runs from a message's first octet, however slowly the others follow.
            if (buffer.HasBegun && !isTimed)
            {
                unfinished.CancelAfter(_options.Patience);
                isTimed = true;
            }
        }

        return true;
    }

    private async ValueTask HandOverAsync(ReadOnlyMemory<byte> message)
    {
        await _room.WaitAsync(_closed.Token).ConfigureAwait(false);
        var octets = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(octets);
        _owner.OnReceived(new StreamSocket.ReceivedMessage(this, octets, message.Length));
    }
}
