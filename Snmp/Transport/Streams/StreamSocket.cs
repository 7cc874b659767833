using System.Buffers;
using System.Collections.Concurrent;
using System.Net;

namespace Connections.Snmp.Transport.Streams;

/// <summary>
/// TCP under the interface of a datagram socket, so that an engine works on both alike. Each connection is served by tasks of its own; what they receive
/// waits here until the engine's thread, which they wake, takes it.
/// </summary>
/// <remarks>
/// Not in the engine's poller: connections are few and their messages large, so that a wake-up a message costs little, and the same code serves every system.
/// </remarks>
internal sealed class StreamSocket : IStreamSocket
{
    private readonly ConcurrentDictionary<DatagramEndPoint, StreamConnection> _connections = new();
    private readonly ConcurrentQueue<ReceivedMessage> _received = new();
    private readonly ConcurrentQueue<StreamLoss> _losses = new();
    private readonly IPAddress _local;
    private readonly Action _wake;
    private readonly StreamSocketOptions _options;
    private volatile bool _isDisposed;

    /// <param name="local">The address that connections are made from; a wildcard lets the system choose.</param>
    /// <param name="wake">Called when something was received or lost. Any thread.</param>
    /// <param name="options">How long connections are waited for.</param>
    internal StreamSocket(IPAddress local, Action wake, StreamSocketOptions? options = null)
    {
        _local = local;
        _wake = wake;
        _options = options ?? new StreamSocketOptions();
        LocalEndPoint = new IPEndPoint(local, 0);
    }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>TCP holds the sender back where there is no room.</summary>
    public int ReceiveBufferSize => int.MaxValue;

    /// <summary>How many connections there are now.</summary>
    internal int ConnectionCount => _connections.Count;

    public int Receive(ReceiveBatch batch)
    {
        batch.Count = 0;
        while (batch.Count < batch.Capacity && _received.TryDequeue(out var message))
        {
            batch.Add(message.Octets.AsSpan(0, message.Length), message.Connection.Peer);
            ArrayPool<byte>.Shared.Return(message.Octets);
            message.Connection.MakeRoom();
        }

        return batch.Count;
    }

    public int Send(SendBatch batch)
    {
        var count = batch.Count;
        for (var i = 0; i < count; i++)
        {
            Send(batch.Datagram(i), in batch.Peer(i));
        }

        batch.Clear();
        return count;
    }

    public void Send(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer)
    {
        while (!_isDisposed)
        {
            if (!_connections.TryGetValue(peer, out var connection))
            {
                var created = new StreamConnection(this, peer, _local, _options);
                connection = _connections.GetOrAdd(peer, created);
                if (connection == created)
                {
                    connection.Start();
                }
            }

            if (connection.TrySend(datagram))
            {
                // Whoever disposed meanwhile may have missed a connection that was just added.
                if (_isDisposed)
                {
                    connection.Close(DatagramErrorKind.None);
                }

                return;
            }

            // It has ended, and is about to be forgotten.
            Forget(connection);
        }
    }

    public bool TryReceiveError(Span<byte> original, out DatagramError error)
    {
        error = default;
        return false;
    }

    public bool TryReceiveLoss(out StreamLoss loss) => _losses.TryDequeue(out loss);

    public void Drop(in DatagramEndPoint peer)
    {
        if (_connections.TryGetValue(peer, out var connection))
        {
            connection.Close(DatagramErrorKind.ConnectionLost);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var connection in _connections.Values)
        {
            connection.Close(DatagramErrorKind.None);
        }
    }

    internal void OnReceived(in ReceivedMessage message)
    {
        _received.Enqueue(message);
        _wake();
    }

    internal void OnClosed(StreamConnection connection, in StreamLoss loss)
    {
        Forget(connection);
        _losses.Enqueue(loss);
        _wake();
    }

    private void Forget(StreamConnection connection) => _connections.TryRemove(new(connection.Peer, connection));

    /// <summary>A message in a rented array.</summary>
    internal readonly record struct ReceivedMessage(StreamConnection Connection, byte[] Octets, int Length);
}
