using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace Connections.Telnet;

/// <summary>Text in both directions over a Telnet connection of its own. One reader and one writer at a time.</summary>
internal sealed class TelnetStream : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TelnetDecoder _telnet = new();
    private readonly Decoder _text = Encoding.UTF8.GetDecoder();
    private readonly byte[] _received = new byte[4096];
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ArrayBufferWriter<byte> _replies = new();

    /// <summary>Connects to a server.</summary>
    public async Task ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        // A server marks its answer to an interrupt as urgent; read apart from the rest, half of a command would be missing.
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
        await _socket.ConnectAsync(host, port, cancellationToken);
    }

    /// <summary>Waits for text, and answers what the server negotiates meanwhile.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var count = await _socket.ReceiveAsync(_received, cancellationToken);
            if (count == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }

            _data.ResetWrittenCount();
            _replies.ResetWrittenCount();
            _telnet.Decode(_received.AsSpan(0, count), _data, _replies);
            await SendAsync(_replies.WrittenMemory, cancellationToken);
            if (_data.WrittenCount > 0)
            {
                return DecodeText(_data.WrittenSpan);
            }
        }
    }

    /// <summary>Sends a line.</summary>
    /// <remarks>No byte of UTF-8 is the one that would have to be doubled.</remarks>
    public Task WriteLineAsync(string line, CancellationToken cancellationToken) =>
        SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);

    /// <summary>Closes the connection; reads and writes in progress fail.</summary>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    private string DecodeText(ReadOnlySpan<byte> data)
    {
        var characters = new char[_text.GetCharCount(data, flush: false)];
        _text.GetChars(data, characters, flush: false);
        return new string(characters);
    }
}
