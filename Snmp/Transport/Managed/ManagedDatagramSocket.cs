using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Transport.Managed;

/// <summary>The portable datagram socket: one <see cref="Socket"/> call a datagram.</summary>
internal sealed class ManagedDatagramSocket : IDatagramSocket
{
    private const int IgnoreConnectionReset = -1744830452; // SIO_UDP_CONNRESET

    private readonly bool _loopbackOnly;
    private readonly SocketAddress _from;

    internal ManagedDatagramSocket(DatagramSocketOptions options)
    {
        var family = options.LocalEndPoint.AddressFamily;
        _loopbackOnly = options.LoopbackOnly;
        _from = new SocketAddress(family);
        Socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Without this, Windows fails the next receive after an ICMP error of any peer.
            if (OperatingSystem.IsWindows())
            {
                Socket.IOControl(IgnoreConnectionReset, [0, 0, 0, 0], null);
            }

            if (family == AddressFamily.InterNetworkV6)
            {
                Socket.DualMode = false;
            }

            Socket.ReceiveBufferSize = options.ReceiveBufferSize;
            Socket.SendBufferSize = options.SendBufferSize;
            Socket.Bind(options.LocalEndPoint);
        }
        catch
        {
            Socket.Dispose();
            throw;
        }

        LocalEndPoint = (IPEndPoint)Socket.LocalEndPoint!;
        ReceiveBufferSize = Socket.ReceiveBufferSize;
    }

    public IPEndPoint LocalEndPoint { get; }

    public int ReceiveBufferSize { get; }

    internal Socket Socket { get; }

    public int Receive(ReceiveBatch batch)
    {
        batch.Count = 0;

        // Not Socket.Available: it cannot tell an empty datagram from none, and whoever sends one would block all that follow.
        while (batch.Count < batch.Capacity && Socket.Poll(0, SelectMode.SelectRead))
        {
            if (TryReceiveOne(batch))
            {
                batch.Count++;
            }
        }

        return batch.Count;
    }

    public unsafe int Send(SendBatch batch)
    {
        var messages = batch.Messages;
        var sent = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (TrySend(messages.Datagram(i, (int)messages.Vectors[i].Length), messages.Peers[i]))
            {
                sent++;
            }
        }

        batch.Clear();
        return sent;
    }

    public void Send(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer) => TrySend(datagram, peer);

    public bool TryReceiveError(Span<byte> original, out DatagramError error)
    {
        error = default;
        return false;
    }

    public void Dispose() => Socket.Dispose();

    private unsafe bool TryReceiveOne(ReceiveBatch batch)
    {
        var messages = batch.Messages;
        var index = batch.Count;
        try
        {
            var length = Socket.ReceiveFrom(messages.Datagram(index, batch.DatagramSize), SocketFlags.None, _from);
            var peer = (IPEndPoint)LocalEndPoint.Create(_from);
            if (_loopbackOnly && !IPAddress.IsLoopback(peer.Address))
            {
                return false;
            }

            messages.Peers[index] = DatagramEndPoint.From(peer);
            messages.Headers[index].Length = (uint)length;
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused
            or SocketError.MessageSize or SocketError.HostUnreachable or SocketError.NetworkUnreachable)
        {
            return false;
        }
    }

    private bool TrySend(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer)
    {
        try
        {
            Socket.SendTo(datagram, SocketFlags.None, peer.ToIPEndPoint());
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
