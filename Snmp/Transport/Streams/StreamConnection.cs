using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Transport.Streams;

/// <summary>
/// One TCP connection, from the first message to its end. It never comes back: whoever has more to send then makes another one. What is to be sent
/// waits until the connection is there.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither has a timer or a wait handle, and those who come late use both after the end.")]
internal sealed partial class StreamConnection
{
    // What may wait to be sent; past it a peer that does not read loses messages, as a network might.
    private const int MostPendingOctets = 4 * 1024 * 1024;

    // As many as are in flight at most, unless the engine is told to allow more.
    private const int MostIds = 16_384;

    // What may wait for the engine, before the peer is made to wait.
    private const int MostUnread = 64;

    private readonly StreamSocket _owner;
    private readonly IPAddress _local;
    private readonly StreamSocketOptions _options;
    private readonly Lock _gate = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(MostUnread, MostUnread);
    private readonly CancellationTokenSource _closed = new();
    private readonly Queue<int> _ids = new();
    private Socket? _socket;
    private int _pendingOctets;
    private bool _isClosed;

    internal StreamConnection(StreamSocket owner, in DatagramEndPoint peer, IPAddress local, StreamSocketOptions options)
    {
        _owner = owner;
        _local = local;
        _options = options;
        Peer = peer;
    }

    internal DatagramEndPoint Peer { get; }

    internal void Start() => _ = RunAsync();

    /// <summary>Takes a message on its way; false once the connection has ended. Any thread.</summary>
    internal bool TrySend(ReadOnlySpan<byte> message)
    {
        var hasId = MessageId.TryRead(message, out var id);
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (hasId)
            {
                Remember(id);
            }

            if (_pendingOctets + message.Length <= MostPendingOctets)
            {
                _pendingOctets += message.Length;
                _outgoing.Writer.TryWrite(message.ToArray());
            }

            return true;
        }
    }

    /// <summary>The engine has taken a message.</summary>
    internal void MakeRoom() => _room.Release();

    /// <summary>Ends the connection, the first time it is called. Any thread.</summary>
    internal void Close(DatagramErrorKind kind)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        // Nobody adds to the ids any more.
        _outgoing.Writer.TryComplete();
        _closed.Cancel();
        _socket?.Dispose();
        _owner.OnClosed(this, new StreamLoss(Peer, kind, _ids));
    }

    private async Task RunAsync()
    {
        // The caller's thread is not to wait, not even for a socket's calls.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (await ConnectAsync().ConfigureAwait(false) is { } socket)
        {
            await Task.WhenAll(SendAllAsync(socket), ReceiveAllAsync(socket)).ConfigureAwait(false);
        }
    }

    private void Remember(int id)
    {
        if (_ids.Count == MostIds)
        {
            _ids.Dequeue();
        }

        _ids.Enqueue(id);
    }

    private async Task<Socket?> ConnectAsync()
    {
        using var limit = new CancellationTokenSource(_options.Patience, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closed.Token);
        try
        {
            var socket = Open();
            await socket.ConnectAsync(Peer.ToIPEndPoint(), either.Token).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException error)
        {
            Close(KindOf(error.SocketErrorCode));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            Close(DatagramErrorKind.Unaccepted);
        }

        return null;
    }

    /// <exception cref="SocketException">This machine has no socket for it.</exception>
    private Socket Open()
    {
        var socket = new Socket(Peer.Family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_gate)
        {
            // What is closed before it is known here, nobody closes later.
            _socket = socket;
            if (_isClosed)
            {
                socket.Dispose();
            }
        }

        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!_local.Equals(IPAddress.Any) && !_local.Equals(IPAddress.IPv6Any))
        {
            socket.Bind(new IPEndPoint(_local, 0));
        }

        TcpTimeouts.Apply(socket, _options.Patience);
        return socket;
    }

    private async Task SendAllAsync(Socket socket)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(_closed.Token).ConfigureAwait(false))
            {
                for (var sent = 0; sent < message.Length;)
                {
                    sent += await socket.SendAsync(message.AsMemory(sent), _closed.Token).ConfigureAwait(false);
                }

                lock (_gate)
                {
                    _pendingOctets -= message.Length;
                }
            }
        }
        catch (Exception error) when (IsEndOfConnection(error))
        {
            Close(DatagramErrorKind.ConnectionLost);
        }
    }

    private static bool IsEndOfConnection(Exception error) => error is SocketException or ObjectDisposedException or OperationCanceledException;

    private static DatagramErrorKind KindOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => DatagramErrorKind.PortUnreachable,
        SocketError.HostUnreachable or SocketError.HostDown => DatagramErrorKind.HostUnreachable,
        SocketError.NetworkUnreachable or SocketError.NetworkDown => DatagramErrorKind.NetworkUnreachable,
        _ => DatagramErrorKind.Unaccepted,
    };
}
