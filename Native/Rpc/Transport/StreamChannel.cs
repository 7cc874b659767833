using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Connections.Native.Rpc.Transport;

/// <summary>Messages over a socket: each follows its length, four bytes, little-endian.</summary>
/// <param name="socket">The connected socket, whose owner this becomes.</param>
/// <param name="peer">Who is at the other end.</param>
/// <param name="prepare">Makes the stream, encrypted or not, that the messages go over.</param>
/// <param name="maxMessageSize">The longest message that is received.</param>
internal sealed class StreamChannel(
    Socket socket, string peer, Func<NetworkStream, CancellationToken, ValueTask<Stream>> prepare, int maxMessageSize) : IMessageChannel
{
    private const int PrefixSize = sizeof(int);
    private const int BufferSize = 64 * 1024;

    // Shorter messages are copied together with their length, so that they leave in one piece.
    private const int LongestCopied = 16 * 1024;

    private readonly byte[] _output = new byte[PrefixSize + LongestCopied];
    private readonly byte[] _input = new byte[BufferSize];
    private int _start;
    private int _end;
    private Stream? _stream;

    public string Peer => peer;

    private Stream Stream => _stream ?? throw new InvalidOperationException("The channel has not been prepared.");

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) =>
        _stream = await prepare(new NetworkStream(socket, ownsSocket: true), cancellationToken).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var length = head.Length + body.Length;
        BinaryPrimitives.WriteInt32LittleEndian(_output, length);
        head.CopyTo(_output.AsMemory(PrefixSize));
        var isShort = length <= LongestCopied;
        if (isShort)
        {
            body.CopyTo(_output.AsMemory(PrefixSize + head.Length));
        }

        try
        {
            await Stream.WriteAsync(_output.AsMemory(0, PrefixSize + (isShort ? length : head.Length)), cancellationToken).ConfigureAwait(false);
            if (!isShort)
            {
                await Stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
        catch (OperationCanceledException)
        {
            // Half a message may be out.
            Abort();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ChannelMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await FillAsync(PrefixSize, cancellationToken).ConfigureAwait(false))
            {
                return default;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(_input.AsSpan(_start));
            if (length < 0 || length > maxMessageSize)
            {
                throw new RpcProtocolException(
                    $"{peer} announces a message of {(uint)length} bytes, and at most {maxMessageSize} are accepted: it does not speak this protocol, or MaxMessageSize is too small.");
            }

            _start += PrefixSize;
            return length <= _input.Length
                ? await ReadShortAsync(length, cancellationToken).ConfigureAwait(false)
                : await ReadLongAsync(length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    public void Abort() => socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            try
            {
                await _stream.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (IsLoss(error))
            {
                // The peer was faster to go: there is nobody left to say goodbye to.
                Abort();
            }
        }

        socket.Dispose();
    }

    private static bool IsLoss(Exception error) => error is IOException or SocketException or ObjectDisposedException;

    private ConnectionLostException Lost(Exception error) => new($"The connection with {peer} was lost: {error.Message}", error);

    private async ValueTask<ChannelMessage> ReadShortAsync(int length, CancellationToken cancellationToken)
    {
        await FillBodyAsync(length, cancellationToken).ConfigureAwait(false);
        var message = ChannelMessage.CopyOf(_input.AsSpan(_start, length));
        _start += length;
        return message;
    }

    // Memory grows with what has arrived, not with what was announced.
    private async ValueTask<ChannelMessage> ReadLongAsync(int length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_input.Length);
        try
        {
            var filled = _end - _start;
            _input.AsSpan(_start, filled).CopyTo(buffer);
            _start = _end = 0;
            while (filled < length)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, Math.Min(length, 2 * filled));
                }

                var read = await Stream.ReadAsync(buffer.AsMemory(filled, Math.Min(buffer.Length, length) - filled), cancellationToken).ConfigureAwait(false);
                filled += read != 0 ? read : throw CutOff();
            }

            var message = new ChannelMessage(buffer, length);
            buffer = null;
            return message;
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] buffer, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private async ValueTask FillBodyAsync(int length, CancellationToken cancellationToken)
    {
        if (!await FillAsync(length, cancellationToken).ConfigureAwait(false))
        {
            throw CutOff();
        }
    }

    // False if the peer has ended the stream, and nothing is left.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_input.Length - _start < count || _start == _end)
        {
            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < count)
        {
            var read = await Stream.ReadAsync(_input.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _end == _start ? false : throw CutOff();
            }

            _end += read;
        }

        return true;
    }

    private ConnectionLostException CutOff() => new($"The connection with {peer} ended in the middle of a message.");
}
