using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace Connections.Terminal;

/// <summary>
/// A Telnet client's connection (RFC 854) as UTF-8 text in both directions. Every option that the server asks for or offers is refused
/// (RFC 855), so that the connection stays the plain network virtual terminal that every server must support.
/// </summary>
/// <remarks>
/// Thread safety and failures are those of <see cref="ITerminalTransport"/>. Nothing is encrypted. What the server sends is never kept beyond
/// one read of at most 4 KiB, whatever it negotiates; its requests are answered while something reads. Since the option of
/// binary transmission is refused too, a server may take the eighth bit from what it is sent: commands are best in ASCII.
/// </remarks>
public sealed class TelnetTransport : ITerminalTransport
{
    /// <summary>The port of Telnet servers.</summary>
    public const int DefaultPort = 23;

    private const int BufferSize = 4096;

    private readonly string _host;
    private readonly int _port;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TelnetDecoder _telnet = new();
    private readonly Decoder _text = Encoding.UTF8.GetDecoder();
    private readonly byte[] _received = new byte[BufferSize];
    private readonly ArrayBufferWriter<byte> _data = new(BufferSize);
    private readonly ArrayBufferWriter<byte> _replies = new();
    private string _unread = "";

    /// <summary>Makes a transport that is not open yet.</summary>
    /// <param name="host">A host name, or an IPv4 or IPv6 address without brackets.</param>
    /// <param name="port">A port from 1 to 65535.</param>
    /// <exception cref="ArgumentException">There is no host, or no such port.</exception>
    public TelnetTransport(string host, int port = DefaultPort)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        _host = host;
        _port = port;
    }

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        // A server marks its answer to an interrupt as urgent; read apart from the rest, half of a command would be missing.
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
        await _socket.ConnectAsync(_host, _port, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (_unread.Length == 0)
        {
            var count = await _socket.ReceiveAsync(_received, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }

            _data.ResetWrittenCount();
            _replies.ResetWrittenCount();
            _telnet.Decode(_received.AsSpan(0, count), _data, _replies);

            // Kept in a field, since sending the replies may be cancelled: the text is then there for the next read.
            _unread = DecodeText(_data.WrittenSpan);
            if (_replies.WrittenCount > 0)
            {
                await SendAsync(_replies.WrittenMemory, cancellationToken).ConfigureAwait(false);
            }
        }

        var text = _unread;
        _unread = "";
        return text;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);

        // RFC 854: a carriage return is followed by a line feed or a NUL. The byte that starts a command never occurs in UTF-8.
        var sent = text.Replace("\r", "\r\0", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        await SendAsync(Encoding.UTF8.GetBytes(sent), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _socket.Dispose();

    // A reader answers negotiations while another sends, and a socket may take a part only: turns keep the parts together.
    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private string DecodeText(ReadOnlySpan<byte> data)
    {
        var characters = new char[_text.GetCharCount(data, flush: false)];
        _text.GetChars(data, characters, flush: false);
        return new string(characters);
    }
}
