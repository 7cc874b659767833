using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace Connections.Terminal.Simulation;

/// <summary>A Telnet server's side of one connection as keys and text. Every option that the other side asks for is refused. Not thread-safe.</summary>
internal sealed class SimulatedLine(Socket socket)
{
    private const int LongestLine = 4096;
    private const char Interrupt = '\x03';

    private readonly TelnetDecoder _telnet = new();
    private readonly Decoder _text = Encoding.UTF8.GetDecoder();
    private readonly byte[] _received = new byte[4096];
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ArrayBufferWriter<byte> _replies = new();
    private char[] _keys = [];
    private int _next;
    private bool _hasReturned;

    /// <summary>Waits for a key; both ends of a line are a line feed.</summary>
    /// <exception cref="EndOfStreamException">The other side has closed.</exception>
    public async ValueTask<char> ReadKeyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_next == _keys.Length)
            {
                await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }

            var key = _keys[_next++];
            var isSecondOfTwo = _hasReturned && key == '\n';
            _hasReturned = key == '\r';
            if (!isSecondOfTwo)
            {
                return key == '\r' ? '\n' : key;
            }
        }
    }

    /// <summary>Waits for a line; an interrupt forgets what there is of it.</summary>
    /// <exception cref="IOException">It is too long.</exception>
    /// <exception cref="EndOfStreamException">The other side has closed.</exception>
    public async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await ReadKeyAsync(cancellationToken).ConfigureAwait(false) is not '\n' and var key)
        {
            if (line.Length == LongestLine)
            {
                throw new IOException($"A line was longer than {LongestLine} characters.");
            }

            _ = key == Interrupt ? line.Clear() : line.Append(key);
        }

        return line.ToString();
    }

    /// <summary>Prints text; each line feed in it goes out as the end of a line.</summary>
    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        await SendAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = await socket.ReceiveAsync(_received, cancellationToken).ConfigureAwait(false);
        if (count == 0)
        {
            throw new EndOfStreamException("The other side has closed.");
        }

        _data.ResetWrittenCount();
        _replies.ResetWrittenCount();
        _telnet.Decode(_received.AsSpan(0, count), _data, _replies);
        _keys = new char[_text.GetCharCount(_data.WrittenSpan, flush: false)];
        _text.GetChars(_data.WrittenSpan, _keys, flush: false);
        _next = 0;
        await SendAsync(_replies.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
        }
    }
}
